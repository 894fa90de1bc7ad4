package dev.bailey.engine.plan;

import dev.bailey.engine.firewall.EgressPolicy.Hop;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways by which packets can leave a host's links; pure. */
public final class DefaultHops {
    private DefaultHops() {}

    private record Route(Hop hop, int metric) {}

    /** The preferred default route of each uplink of a family, the preferred uplink first; O(links + routes). */
    public static Map<InterfaceName, Hop> of(HostView host, IpFamily family) {
        Map<Integer, InterfaceName> names = new LinkedHashMap<>();
        host.links().stream()
                .filter(HostLink::up)
                .forEach(link -> name(link).ifPresent(name -> names.put(link.index(), name)));
        Map<InterfaceName, Hop> hops = new LinkedHashMap<>();
        defaultRoutes(host, family)
                .filter(route -> names.containsKey(route.hop().link()))
                .sorted(Comparator.comparingLong(route -> Integer.toUnsignedLong(route.metric())))
                .forEach(route -> hops.putIfAbsent(names.get(route.hop().link()), route.hop()));
        return hops;
    }

    private static Stream<Route> defaultRoutes(HostView host, IpFamily family) {
        return switch (family) {
            case IPV4 ->
                host.routes().stream()
                        .filter(HostView.HostRoute::isDefault)
                        .map(route -> route(route.link(), route.gateway(), route.metric()));
            case IPV6 ->
                host.ipv6Routes().stream()
                        .filter(HostView.HostIpv6Route::isDefault)
                        .map(route -> route(route.link(), route.gateway(), route.metric()));
        };
    }

    private static Route route(int link, Optional<? extends IpAddress> gateway, int metric) {
        return new Route(new Hop(link, gateway.map(address -> address)), metric);
    }

    /** The links that are up and that packets of either family can leave by without a next hop; O(links). */
    public static Map<InterfaceName, Hop> direct(HostView host) {
        Map<InterfaceName, Hop> hops = new LinkedHashMap<>();
        host.links().stream()
                .filter(link -> link.up() && link.kind() == LinkKind.DIRECT)
                .forEach(link -> name(link).ifPresent(name -> hops.put(name, new Hop(link.index(), Optional.empty()))));
        return hops;
    }

    /** Others may give names that the engine would not take, and nobody asks for. */
    private static Optional<InterfaceName> name(HostLink link) {
        try {
            return Optional.of(new InterfaceName(link.name()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
