package dev.bailey.api.image;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/**
 * One line of a list of images; {@code GET /images/json} answers a list of these.
 *
 * @param id {@code sha256:} and 64 hexadecimal digits
 * @param parentId id of the parent; empty
 * @param repoTags names as {@code name:tag}
 * @param repoDigests names as {@code name@digest}
 * @param created time of creation, seconds since 1970
 * @param size bytes of all layers
 * @param sharedSize bytes shared with other images, -1 when not calculated
 * @param labels labels, name to value
 * @param containers number of containers made from it, -1 when not calculated
 */
@Json
public record ImageSummary(
        @Json.Property("Id") String id,
        @Json.Property("ParentId") String parentId,
        @Json.Property("RepoTags") List<String> repoTags,
        @Json.Property("RepoDigests") List<String> repoDigests,
        @Json.Property("Created") long created,
        @Json.Property("Size") long size,
        @Json.Property("SharedSize") long sharedSize,
        @Json.Property("Labels") Map<String, String> labels,
        @Json.Property("Containers") long containers) {
    public ImageSummary {
        id = Absent.orEmpty(id);
        parentId = Absent.orEmpty(parentId);
        repoTags = Absent.orEmpty(repoTags);
        repoDigests = Absent.orEmpty(repoDigests);
        labels = Absent.orEmpty(labels);
    }
}
