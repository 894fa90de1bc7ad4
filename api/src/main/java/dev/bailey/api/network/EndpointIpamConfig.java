package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are asked for an endpoint.
 *
 * @param ipv4Address the IPv4 address; empty for any free one
 * @param ipv6Address the IPv6 address; absent or empty for any free one where the network has IPv6
 */
@Json
public record EndpointIpamConfig(
        @Json.Property("IPv4Address") String ipv4Address,
        @Json.Property("IPv6Address") @Nullable String ipv6Address) {
    public EndpointIpamConfig {
        ipv4Address = Absent.orEmpty(ipv4Address);
    }

    /** Returns the wish for addresses, or null for none. */
    public static @Nullable EndpointIpamConfig of(@Nullable String ipv4Address, @Nullable String ipv6Address) {
        return ipv4Address == null && ipv6Address == null
                ? null
                : new EndpointIpamConfig(Absent.orEmpty(ipv4Address), ipv6Address);
    }
}
