package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * An OCI runtime.
 *
 * @param path path of its program
 */
@Json
public record InfoRuntime(String path) {
    public InfoRuntime {
        path = Absent.orEmpty(path);
    }
}
