package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * A part of the daemon, or a tool it uses, with its version.
 *
 * @param name its name
 * @param version its version
 * @param details more about it, name to value
 */
@Json
public record VersionComponent(
        @Json.Property("Name") String name,
        @Json.Property("Version") String version,
        @Json.Property("Details") Map<String, String> details) {
    public VersionComponent {
        name = Absent.orEmpty(name);
        version = Absent.orEmpty(version);
        details = Absent.orEmpty(details);
    }
}
