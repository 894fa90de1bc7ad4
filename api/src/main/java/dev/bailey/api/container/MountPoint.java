package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * A mount that a container was given.
 *
 * @param type {@code bind}
 * @param source absolute path on the host
 * @param destination absolute path inside the container
 * @param mode the options as they were asked for; may be empty
 * @param rw whether the container may write
 * @param propagation mount propagation, {@code rprivate} unless asked for
 */
@Json
public record MountPoint(
        @Json.Property("Type") String type,
        @Json.Property("Source") String source,
        @Json.Property("Destination") String destination,
        @Json.Property("Mode") String mode,
        @Json.Property("RW") boolean rw,
        @Json.Property("Propagation") String propagation) {
    public MountPoint {
        type = Absent.orEmpty(type);
        source = Absent.orEmpty(source);
        destination = Absent.orEmpty(destination);
        mode = Absent.orEmpty(mode);
        propagation = Absent.orEmpty(propagation);
    }
}
