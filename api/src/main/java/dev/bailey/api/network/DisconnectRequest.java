package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The body of {@code POST /networks/{id}/disconnect}.
 *
 * @param container id or name of the container
 * @param force whether a container that is not known counts as disconnected
 */
@Json
public record DisconnectRequest(
        @Json.Property("Container") String container,
        @Json.Property("Force") boolean force) {
    public DisconnectRequest {
        container = Absent.orEmpty(container);
    }
}
