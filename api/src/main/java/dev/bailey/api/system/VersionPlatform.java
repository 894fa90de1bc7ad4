package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The name of the daemon.
 *
 * @param name a name for people
 */
@Json
public record VersionPlatform(@Json.Property("Name") String name) {
    public VersionPlatform {
        name = Absent.orEmpty(name);
    }
}
