package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * A host address and port that a container's port is published on.
 *
 * @param hostIp host address; empty for every address
 * @param hostPort host port or range as text; empty for a free one
 */
@Json
public record PortBinding(
        @Json.Property("HostIp") String hostIp,
        @Json.Property("HostPort") String hostPort) {
    public PortBinding {
        hostIp = Absent.orEmpty(hostIp);
        hostPort = Absent.orEmpty(hostPort);
    }
}
