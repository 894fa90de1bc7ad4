package dev.bailey.api.container;

import dev.bailey.api.network.EndpointSettings;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The networks that a new container joins, by name.
 *
 * @param endpointsConfig network name to the wishes for the endpoint; an entry may be {@code null}
 */
@Json
public record NetworkingConfig(
        @Json.Property("EndpointsConfig") @Nullable Map<String, EndpointSettings> endpointsConfig) {}
