package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * Addresses that are asked for an endpoint.
 *
 * @param ipv4Address the IPv4 address; empty for any free one
 */
@Json
public record EndpointIpamConfig(
        @Json.Property("IPv4Address") String ipv4Address) {
    public EndpointIpamConfig {
        ipv4Address = Absent.orEmpty(ipv4Address);
    }
}
