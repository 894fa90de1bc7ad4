package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * What a list of containers tells of the host configuration.
 *
 * @param networkMode the network the container was made for
 */
@Json
public record HostConfigSummary(
        @Json.Property("NetworkMode") String networkMode) {
    public HostConfigSummary {
        networkMode = Absent.orEmpty(networkMode);
    }
}
