package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The names of the drivers a daemon has.
 *
 * @param volume volume drivers
 * @param network network drivers
 * @param log log drivers
 */
@Json
public record InfoPlugins(
        @Json.Property("Volume") List<String> volume,
        @Json.Property("Network") List<String> network,
        @Json.Property("Log") List<String> log) {
    public InfoPlugins {
        volume = Absent.orEmpty(volume);
        network = Absent.orEmpty(network);
        log = Absent.orEmpty(log);
    }
}
