package dev.bailey.api.image;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is to know about one image; the answer to {@code GET /images/{name}/json}.
 *
 * @param id {@code sha256:} and 64 hexadecimal digits
 * @param repoTags names as {@code name:tag}
 * @param repoDigests names as {@code name@digest}
 * @param created time of creation, RFC 3339 with nanoseconds; absent when unknown
 * @param config defaults for containers made from it
 * @param architecture processor architecture, {@code amd64}
 * @param os {@code linux}
 * @param size bytes of all layers
 * @param rootFs the layers
 */
@Json
public record ImageInspect(
        @Json.Property("Id") String id,
        @Json.Property("RepoTags") List<String> repoTags,
        @Json.Property("RepoDigests") List<String> repoDigests,
        @Json.Property("Created") @Nullable String created,
        @Json.Property("Config") ImageConfig config,
        @Json.Property("Architecture") String architecture,
        @Json.Property("Os") String os,
        @Json.Property("Size") long size,
        @Json.Property("RootFS") RootFs rootFs) {
    public ImageInspect {
        id = Absent.orEmpty(id);
        repoTags = Absent.orEmpty(repoTags);
        repoDigests = Absent.orEmpty(repoDigests);
        architecture = Absent.orEmpty(architecture);
        os = Absent.orEmpty(os);
    }
}
