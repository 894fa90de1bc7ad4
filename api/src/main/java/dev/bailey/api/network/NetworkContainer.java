package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * A container as its network sees it.
 *
 * @param name the container's name
 * @param endpointId id of its endpoint
 * @param macAddress hardware address
 * @param ipv4Address IPv4 address with prefix length, {@code 172.17.0.2/16}; empty when there is none
 * @param ipv6Address IPv6 address with prefix length; empty when there is none
 */
@Json
public record NetworkContainer(
        @Json.Property("Name") String name,
        @Json.Property("EndpointID") String endpointId,
        @Json.Property("MacAddress") String macAddress,
        @Json.Property("IPv4Address") String ipv4Address,
        @Json.Property("IPv6Address") String ipv6Address) {
    public NetworkContainer {
        name = Absent.orEmpty(name);
        endpointId = Absent.orEmpty(endpointId);
        macAddress = Absent.orEmpty(macAddress);
        ipv4Address = Absent.orEmpty(ipv4Address);
        ipv6Address = Absent.orEmpty(ipv6Address);
    }
}
