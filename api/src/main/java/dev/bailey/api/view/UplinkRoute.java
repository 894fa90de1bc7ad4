package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * A default route of the host's main table.
 *
 * @param gateway address of the next hop; empty where destinations are on the link
 * @param metric its priority, the smaller one wins
 * @param ipv6 whether it is for IPv6, else for IPv4
 */
@Json
public record UplinkRoute(String gateway, long metric, boolean ipv6) {
    public UplinkRoute {
        gateway = Absent.orEmpty(gateway);
    }
}
