package dev.bailey.engine.uplink;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The uplinks of a host at one moment; pure.
 *
 * @param links the links, the one that traffic prefers first
 */
public record UplinkState(List<HostLink> links) {
    /** No uplink, or none known. */
    public static final UplinkState NONE = new UplinkState(List.of());

    /** Copies the list. */
    public UplinkState {
        links = List.copyOf(links);
    }

    /** The uplinks of a host; O(links + routes). */
    public static UplinkState of(HostView host) {
        return new UplinkState(Uplinks.of(host).stream()
                .sorted(Comparator.comparingLong(link -> metric(link, host)))
                .toList());
    }

    private static long metric(HostLink link, HostView host) {
        return host.routes().stream()
                .filter(route -> route.isDefault() && route.link() == link.index())
                .mapToLong(route -> Integer.toUnsignedLong(route.metric()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The uplink of that name. */
    public Optional<HostLink> named(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** Whether an uplink had one of these addresses. */
    public boolean hasAny(Set<? extends LinkAddress> addresses) {
        return links.stream().anyMatch(link -> link.addresses().stream().anyMatch(addresses::contains));
    }

    /** The names of the links. */
    public List<String> names() {
        return links.stream().map(HostLink::name).toList();
    }

    /**
     * Tracked connections that cannot go on as they are: their packets have an address which the host no longer has, or
     * which belongs to an uplink that they no longer leave through.
     *
     * @param addresses the host's addresses that their packets leave with
     * @param elsewhere destinations that are reached as before
     */
    public record DeadFlows(Set<Ipv4Address> addresses, List<Subnet> elsewhere) {
        /** Copies the collections. */
        public DeadFlows {
            addresses = Set.copyOf(addresses);
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /**
     * Which connections died between then and now. Where no uplink is left, connections of addresses that are still there
     * wait for one to come back.
     *
     * @param host the host as it is now
     */
    public List<DeadFlows> deadFlows(HostView host) {
        UplinkState now = of(host);
        Set<Ipv4Address> present = host.links().stream()
                .flatMap(link -> link.addresses().stream())
                .map(InterfaceAddress::address)
                .collect(Collectors.toSet());
        List<DeadFlows> dead = new ArrayList<>();
        for (HostLink link : links) {
            Set<Ipv4Address> gone = addresses(link);
            gone.removeAll(present);
            Set<Ipv4Address> left = addresses(link);
            left.retainAll(present);
            if (!gone.isEmpty()) {
                dead.add(new DeadFlows(gone, List.of()));
            }
            if (!left.isEmpty() && hasBeenLeft(link, now)) {
                dead.add(new DeadFlows(left, otherRoutes(link, host)));
            }
        }
        return dead;
    }

    private static Set<Ipv4Address> addresses(HostLink link) {
        return link.addresses().stream().map(InterfaceAddress::address).collect(Collectors.toSet());
    }

    /** Traffic leaves through another link now, though it may come back to this one. */
    private boolean hasBeenLeft(HostLink link, UplinkState now) {
        boolean wasPreferred = links.getFirst().index() == link.index();
        return !now.links.isEmpty()
                && (wasPreferred
                        ? now.links.getFirst().index() != link.index()
                        : now.links.stream().noneMatch(each -> each.index() == link.index()));
    }

    private static List<Subnet> otherRoutes(HostLink link, HostView host) {
        return host.routes().stream()
                .filter(route -> !route.isDefault() && route.link() == link.index())
                .map(HostRoute::destination)
                .toList();
    }
}
