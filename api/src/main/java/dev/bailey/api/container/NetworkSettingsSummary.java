package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import dev.bailey.api.network.EndpointSettings;
import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * What a list of containers tells of the sandbox.
 *
 * @param networks network name to endpoint
 */
@Json
public record NetworkSettingsSummary(
        @Json.Property("Networks") Map<String, EndpointSettings> networks) {
    public NetworkSettingsSummary {
        networks = Absent.orEmpty(networks);
    }
}
