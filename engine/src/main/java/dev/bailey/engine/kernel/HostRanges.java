package dev.bailey.engine.kernel;

import dev.bailey.engine.model.Subnet;
import java.util.List;

/**
 * The IPv4 addresses that a host uses, without a word about its links: what has to be known to stay clear of them.
 *
 * @param addresses the subnets of the addresses of its links
 * @param routes the destinations of the routes of its main table, default routes among them
 */
public record HostRanges(List<Subnet> addresses, List<Subnet> routes) {
    /** Copies the lists. */
    public HostRanges {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }
}
