package dev.bailey.engine.view;

import java.util.List;
import java.util.Map;

/**
 * What was seen of a host's network, all that a diagnosis needs.
 *
 * @param links the host's links
 * @param routes its default routes
 * @param tables its tables of rules
 * @param closed the chains of others in nf_tables that refuse packets that pass through
 * @param settings the kernel's settings that were asked for, by name; those that the kernel does not have are missing
 * @param takers who else wants what comes to ports of the host
 */
public record HostReport(
        List<ObservedLink> links,
        List<DefaultRoute> routes,
        List<FirewallTable> tables,
        List<ClosedChain> closed,
        Map<String, String> settings,
        List<PortTaker> takers) {
    /** Copies lists and map. */
    public HostReport {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        tables = List.copyOf(tables);
        closed = List.copyOf(closed);
        settings = Map.copyOf(settings);
        takers = List.copyOf(takers);
    }
}
