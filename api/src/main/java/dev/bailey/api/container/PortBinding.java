package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host address and port that a container's port is published on.
 *
 * @param hostIp host address; empty for every address
 * @param hostPort host port or range as text; empty for a free one, and where the container's own port is open instead
 * @param sources subnets of those who may use it, in a field that Docker has not; null for everybody
 */
@Json
public record PortBinding(
        @Json.Property("HostIp") String hostIp,
        @Json.Property("HostPort") String hostPort,
        @Json.Property("Sources") @Nullable List<String> sources) {
    public PortBinding {
        hostIp = Absent.orEmpty(hostIp);
        hostPort = Absent.orEmpty(hostPort);
        sources = sources == null || sources.isEmpty() ? null : Absent.orEmpty(sources);
    }

    /** A binding for everybody. */
    public static PortBinding of(String hostIp, String hostPort) {
        return new PortBinding(hostIp, hostPort, null);
    }
}
