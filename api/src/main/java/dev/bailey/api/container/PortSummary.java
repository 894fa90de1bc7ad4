package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One port of a container in a list of containers.
 *
 * @param ip host address, absent when the port is not published
 * @param privatePort port inside the container, 1 to 65535
 * @param publicPort port on the host, absent when the port is not published
 * @param type {@code tcp}, {@code udp} or {@code sctp}
 */
@Json
public record PortSummary(
        @Json.Property("IP") @Nullable String ip,
        @Json.Property("PrivatePort") int privatePort,
        @Json.Property("PublicPort") @Nullable Integer publicPort,
        @Json.Property("Type") String type) {
    public PortSummary {
        type = Absent.orEmpty(type);
    }
}
