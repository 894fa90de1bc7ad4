package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The answer to {@code POST /containers/create}.
 *
 * @param id the new container's id, 64 hexadecimal digits
 * @param warnings what was accepted but has no effect, one line each
 */
@Json
public record CreateContainerResponse(
        @Json.Property("Id") String id,
        @Json.Property("Warnings") List<String> warnings) {
    public CreateContainerResponse {
        id = Absent.orEmpty(id);
        warnings = Absent.orEmpty(warnings);
    }
}
