package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.HostRanges;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Subnet;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Dumps a host's links, addresses and routes; O(their number). */
final class HostObserver {
    private static final int MAX_ONE_BY_ONE = 64;

    private final RouteConnection route;

    HostObserver(RouteConnection route) {
        this.route = route;
    }

    HostView observe() throws IOException {
        Map<Integer, List<InterfaceAddress>> addresses = addresses();
        List<HostLink> links = route.links().stream()
                .map(link -> link(link, addresses.getOrDefault(link.index(), List.of())))
                .toList();
        List<HostRoute> routes = route.routes().stream()
                .filter(each -> each.table() == Route.MAIN_TABLE)
                .mapMulti(HostObserver::route)
                .toList();
        return new HostView(links, routes);
    }

    HostRanges usedRanges() throws IOException {
        Set<Subnet> addresses = new HashSet<>();
        for (Address address : route.ipv4Addresses()) {
            Values.ipv4(address.prefix()).ifPresent(ipv4 -> addresses.add(ipv4.subnet()));
        }
        Set<Subnet> routes = route.ipv4Routes().stream()
                .<HostRoute>mapMulti(HostObserver::route)
                .map(HostRoute::destination)
                .collect(Collectors.toSet());
        return new HostRanges(addresses, routes);
    }

    private Map<Integer, List<InterfaceAddress>> addresses() throws IOException {
        Map<Integer, List<InterfaceAddress>> addresses = new HashMap<>();
        for (Address address : route.ipv4Addresses()) {
            Values.ipv4(address.prefix())
                    .ifPresent(ipv4 -> addresses
                            .computeIfAbsent(address.link(), _ -> new ArrayList<>())
                            .add(ipv4));
        }
        return addresses;
    }

    /** The links of these names, and the routes through those of them that are bridges. */
    HostView observe(Collection<InterfaceName> names) throws IOException {
        Map<Integer, List<InterfaceAddress>> addresses = addresses();
        List<HostLink> links = new ArrayList<>();
        List<HostRoute> routes = new ArrayList<>();
        for (Link link : links(names)) {
            HostLink seen = link(link, addresses.getOrDefault(link.index(), List.of()));
            links.add(seen);
            if (seen.kind() == LinkKind.BRIDGE) {
                route.ipv4RoutesThrough(link.index()).forEach(each -> route(each, routes::add));
            }
        }
        return new HostView(links, routes);
    }

    /** A few are asked for one by one; of many, all that there are make one question. */
    private List<Link> links(Collection<InterfaceName> names) throws IOException {
        Set<String> wanted = names.stream().map(InterfaceName::value).collect(Collectors.toSet());
        if (wanted.size() > MAX_ONE_BY_ONE) {
            return route.links().stream()
                    .filter(link -> wanted.contains(link.name()))
                    .toList();
        }
        List<Link> links = new ArrayList<>();
        for (String name : wanted) {
            route.link(name).ifPresent(links::add);
        }
        return links;
    }

    private static HostLink link(Link link, List<InterfaceAddress> addresses) {
        LinkKind kind = switch (link.kind()) {
            case "bridge" -> LinkKind.BRIDGE;
            case "veth" -> LinkKind.VETH;
            default -> LinkKind.OTHER;
        };
        return new HostLink(
                link.index(),
                link.name(),
                kind,
                link.master(),
                link.up(),
                link.mtuBytes(),
                link.isolated(),
                link.hairpin(),
                addresses);
    }

    private static void route(Route route, Consumer<HostRoute> sink) {
        Values.ipv4(route.destination())
                .ifPresent(to -> sink.accept(new HostRoute(
                        Subnet.containing(to.address(), to.prefixLength()), route.link(), route.metric())));
    }
}
