package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /networks/{id}/connect}.
 *
 * @param container id or name of the container
 * @param endpointConfig wishes for the endpoint; absent for none
 */
@Json
public record ConnectRequest(
        @Json.Property("Container") String container,
        @Json.Property("EndpointConfig") @Nullable EndpointSettings endpointConfig) {
    public ConnectRequest {
        container = Absent.orEmpty(container);
    }
}
