package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.HostIpv6Ranges;
import dev.bailey.engine.kernel.HostRanges;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostIpv6Route;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Subnet;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.TokenBucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Addresses addresses = addresses();
        Map<Integer, BitRate> limits = limits();
        List<HostLink> links = route.links().stream()
                .map(link -> link(link, addresses, limits))
                .toList();
        List<Route> all = route.routes().stream()
                .filter(each -> each.table() == Route.MAIN_TABLE)
                .toList();
        return new HostView(
                links,
                all.stream().mapMulti(HostObserver::route).toList(),
                all.stream().mapMulti(HostObserver::ipv6Route).toList());
    }

    HostRanges usedRanges() throws IOException {
        List<Subnet> addresses = new ArrayList<>();
        for (Address address : route.ipv4Addresses()) {
            Values.ipv4(address.prefix()).ifPresent(ipv4 -> addresses.add(ipv4.subnet()));
        }
        List<Subnet> routes = route.ipv4Routes().stream()
                .<HostRoute>mapMulti(HostObserver::route)
                .map(HostRoute::destination)
                .toList();
        return new HostRanges(addresses, routes);
    }

    HostIpv6Ranges usedIpv6Ranges() throws IOException {
        List<Ipv6Subnet> addresses = new ArrayList<>();
        for (Address address : route.ipv6Addresses()) {
            Values.ipv6(address.prefix()).ifPresent(ipv6 -> addresses.add(ipv6.subnet()));
        }
        List<Ipv6Subnet> routes = route.ipv6Routes().stream()
                .<HostIpv6Route>mapMulti(HostObserver::ipv6Route)
                .map(HostIpv6Route::destination)
                .toList();
        return new HostIpv6Ranges(addresses, routes);
    }

    /** Addresses by the indexes of the links that have them. */
    private record Addresses(
            Map<Integer, List<InterfaceAddress>> ipv4, Map<Integer, List<Ipv6InterfaceAddress>> ipv6) {}

    private Addresses addresses() throws IOException {
        Addresses addresses = new Addresses(new HashMap<>(), new HashMap<>());
        for (Address address : route.addresses()) {
            Values.ipv4(address.prefix())
                    .ifPresent(one -> addresses
                            .ipv4()
                            .computeIfAbsent(address.link(), _ -> new ArrayList<>())
                            .add(one));
            Values.ipv6(address.prefix())
                    .ifPresent(one -> addresses
                            .ipv6()
                            .computeIfAbsent(address.link(), _ -> new ArrayList<>())
                            .add(one));
        }
        return addresses;
    }

    /** The links of these names, and the IPv4 routes through those of them that are bridges. */
    HostView observe(Collection<InterfaceName> names) throws IOException {
        Addresses addresses = addresses();
        Map<Integer, BitRate> limits = limits();
        List<HostLink> links = new ArrayList<>();
        List<HostRoute> routes = new ArrayList<>();
        for (Link link : links(names)) {
            HostLink seen = link(link, addresses, limits);
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

    /** What is limited by somebody to a rate that the engine would not set is not limited by the engine. */
    private Map<Integer, BitRate> limits() throws IOException {
        Map<Integer, BitRate> limits = new HashMap<>();
        for (TokenBucket.Rate rate : route.limits()) {
            BitRate.ofBytes(rate.bytesPerSecond()).ifPresent(limit -> limits.put(rate.link(), limit));
        }
        return limits;
    }

    private static HostLink link(Link link, Addresses addresses, Map<Integer, BitRate> limits) {
        LinkKind kind = switch (link.kind()) {
            case "bridge" -> LinkKind.BRIDGE;
            case "veth" -> LinkKind.VETH;
            default -> link.direct() ? LinkKind.DIRECT : LinkKind.OTHER;
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
                addresses.ipv4().getOrDefault(link.index(), List.of()),
                addresses.ipv6().getOrDefault(link.index(), List.of()),
                Optional.ofNullable(limits.get(link.index())));
    }

    private static void route(Route route, Consumer<HostRoute> sink) {
        Values.ipv4(route.destination())
                .ifPresent(to -> sink.accept(new HostRoute(
                        Subnet.containing(to.address(), to.prefixLength()),
                        route.link(),
                        route.metric(),
                        route.gateway().flatMap(Values::ipv4))));
    }

    private static void ipv6Route(Route route, Consumer<HostIpv6Route> sink) {
        Values.ipv6(route.destination())
                .ifPresent(to -> sink.accept(new HostIpv6Route(
                        to.subnet(),
                        route.link(),
                        route.metric(),
                        route.gateway().flatMap(Values::ipv6))));
    }
}
