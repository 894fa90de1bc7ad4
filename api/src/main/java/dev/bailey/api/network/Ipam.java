package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/**
 * Where a network's addresses come from.
 *
 * @param driver {@code default}
 * @param options options of the driver
 * @param config subnets
 */
@Json
public record Ipam(
        @Json.Property("Driver") String driver,
        @Json.Property("Options") Map<String, String> options,
        @Json.Property("Config") List<IpamConfig> config) {
    public Ipam {
        driver = Absent.orEmpty(driver);
        options = Absent.orEmpty(options);
        config = Absent.orEmpty(config);
    }
}
