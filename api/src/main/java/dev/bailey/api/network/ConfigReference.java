package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The network that another takes its configuration from.
 *
 * @param network always empty
 */
@Json
public record ConfigReference(@Json.Property("Network") String network) {
    public ConfigReference {
        network = Absent.orEmpty(network);
    }
}
