package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.HostChanges.LinkState;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Subnet;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteEvents;
import dev.bailey.netlink.route.Rule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Puts the kernel's notifications together to one report. One thread at a time. */
final class Gatherer {
    private final Map<Integer, LinkState> links = new LinkedHashMap<>();
    private final Set<LinkAddress> lostAddresses = new HashSet<>();
    private final Set<Subnet> lostRoutes = new HashSet<>();
    private boolean defaultRoutes;
    private boolean forwardingOff;
    private boolean egress;
    private boolean overflow;

    void add(RouteEvents.Event event) {
        switch (event) {
            case RouteEvents.LinkChanged(Link link) -> {
                links.put(
                        link.index(),
                        new LinkState(link.index(), link.name(), link.master(), link.up(), link.mtuBytes()));
                defaultRoutes |= link.direct();
            }
            case RouteEvents.LinkRemoved(Link link) -> {
                links.remove(link.index());
                defaultRoutes |= link.direct();
            }
            case RouteEvents.AddressRemoved(var address) -> lostAddresses.add(Values.linkAddress(address.prefix()));
            case RouteEvents.RouteChanged(Route route) -> defaultRoutes |= isDefault(route);
            case RouteEvents.RouteRemoved(Route route) -> removed(route);
            case RouteEvents.ForwardingChanged forwarding -> forwardingOff |= !forwarding.on();
            case RouteEvents.RuleRemoved(Rule rule) -> egress |= RoutingSteps.isOwn(rule);
            case RouteEvents.Overflow() -> overflow = true;
            case RouteEvents.AddressChanged _, RouteEvents.LinkLeaving _ -> {}
        }
    }

    private static boolean isDefault(Route route) {
        return route.isDefault() && route.table() == Route.MAIN_TABLE;
    }

    private void removed(Route route) {
        if (isDefault(route)) {
            defaultRoutes = true;
        } else if (EgressPolicy.isOwnTable(route.table())) {
            ownRemoved(route);
        } else if (route.table() == Route.MAIN_TABLE) {
            Values.ipv4(route.destination())
                    .ifPresent(to -> lostRoutes.add(Subnet.containing(to.address(), to.prefixLength())));
        }
    }

    /** Of IPv6 the kernel tells too what a link that goes takes with it, which is a matter of uplinks, and nothing broken. */
    private void ownRemoved(Route route) {
        if (Values.ipv4(route.destination()).isPresent()) {
            egress = true;
        } else {
            defaultRoutes = true;
        }
    }

    /** Whether notifications were lost, so that this report is of no use. */
    boolean overflow() {
        return overflow;
    }

    /** Whether nothing of what was told could matter to anybody. */
    boolean isEmpty() {
        return links.isEmpty()
                && lostAddresses.isEmpty()
                && lostRoutes.isEmpty()
                && !defaultRoutes
                && !forwardingOff
                && !egress;
    }

    HostChanges report(long sinceNanos) {
        return new HostChanges(
                links.values().stream().toList(),
                lostAddresses,
                lostRoutes,
                defaultRoutes,
                forwardingOff,
                egress,
                sinceNanos);
    }
}
