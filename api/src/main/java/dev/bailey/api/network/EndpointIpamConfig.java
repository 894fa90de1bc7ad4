package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are asked for an endpoint.
 *
 * @param ipv4Address the IPv4 address; empty for any free one
 * @param ipv6Address the IPv6 address; there is none yet
 */
@Json
public record EndpointIpamConfig(
        @Json.Property("IPv4Address") String ipv4Address,
        @Json.Property("IPv6Address") @Nullable String ipv6Address) {
    public EndpointIpamConfig {
        ipv4Address = Absent.orEmpty(ipv4Address);
    }

    /** Returns the wish for an IPv4 address. */
    public static EndpointIpamConfig of(String ipv4Address) {
        return new EndpointIpamConfig(ipv4Address, null);
    }
}
