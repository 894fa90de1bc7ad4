package dev.bailey.engine.kernel;

import dev.bailey.engine.model.Ipv6Subnet;
import java.util.List;

/**
 * The IPv6 addresses that a host uses, without a word about its links: what has to be known to stay clear of them.
 *
 * @param addresses the subnets of the addresses of its links
 * @param routes the destinations of the routes of its main table, default routes among them
 */
public record HostIpv6Ranges(List<Ipv6Subnet> addresses, List<Ipv6Subnet> routes) {
    /** Copies the lists. */
    public HostIpv6Ranges {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
