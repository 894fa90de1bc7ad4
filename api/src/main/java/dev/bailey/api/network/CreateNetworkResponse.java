package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The answer to {@code POST /networks/create}.
 *
 * @param id id of the new network
 * @param warning always empty
 */
@Json
public record CreateNetworkResponse(
        @Json.Property("Id") String id,
        @Json.Property("Warning") String warning) {
    public CreateNetworkResponse {
        id = Absent.orEmpty(id);
        warning = Absent.orEmpty(warning);
    }
}
