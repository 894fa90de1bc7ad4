package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is published, as an immutable value whose changed copies share almost all with the original. No two of
 * its ports conflict. To find who has a port, to add one and to take one away cost O(log n), a range of them as much as one.
 */
public final class PublishedPorts {
    /** Nothing at all. */
    public static final PublishedPorts NONE = new PublishedPorts(
            PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty());

    private final PersistentMap<EndpointId, List<PublishedPort>> byEndpoint;
    private final PersistentMap<At, PortTree> byAddress;
    private final PersistentMap<Kind, PortTree> byKind;
    private final PersistentMap<Kind, PortTree> routedByKind;

    private record At(TransportProtocol protocol, IpAddress address) {}

    /** What two mappings have in common that may be in each other's way. */
    private record Kind(IpFamily family, TransportProtocol protocol) {
        private static final List<Kind> ALL = Stream.of(IpFamily.values())
                .flatMap(family -> Stream.of(TransportProtocol.values()).map(protocol -> new Kind(family, protocol)))
                .toList();

        static Kind of(PortMapping mapping) {
            return new Kind(mapping.family(), mapping.protocol());
        }
    }

    private PublishedPorts(
            PersistentMap<EndpointId, List<PublishedPort>> byEndpoint,
            PersistentMap<At, PortTree> byAddress,
            PersistentMap<Kind, PortTree> byKind,
            PersistentMap<Kind, PortTree> routedByKind) {
        this.byEndpoint = byEndpoint;
        this.byAddress = byAddress;
        this.byKind = byKind;
        this.routedByKind = routedByKind;
    }

    /** How many mappings there are; O(1). */
    public int size() {
        int size = 0;
        for (Kind kind : Kind.ALL) {
            size += all(kind).size() + routed(kind).size();
        }
        return size;
    }

    /** Whether a port of the host's addresses of a family leads anywhere; O(1). */
    public boolean hasHostPorts(IpFamily family) {
        return Kind.ALL.stream()
                .anyMatch(kind -> kind.family() == family && !all(kind).isEmpty());
    }

    /** All of them, those of the host before the routed ones, by family, protocol and port; O(n). */
    public List<PublishedPort> all() {
        List<PublishedPort> all = new ArrayList<>(size());
        Kind.ALL.forEach(kind -> all(kind).forEach(all::add));
        Kind.ALL.forEach(kind -> routed(kind).forEach(all::add));
        return all;
    }

    /** Those of one endpoint, in the order in which they were published. */
    public List<PublishedPort> of(EndpointId endpoint) {
        List<PublishedPort> found = byEndpoint.get(endpoint);
        return found == null ? List.of() : found;
    }

    /**
     * One of those that stand in the way of a mapping; none when it can be published. O(log n), and for a routed one O(what the
     * endpoint has).
     *
     * @param endpoint whose the mapping is to be
     */
    public Optional<PublishedPort> conflict(EndpointId endpoint, PortMapping wanted) {
        return wanted.routed()
                ? of(endpoint).stream()
                        .filter(port -> port.mapping().routed()
                                && Kind.of(port.mapping()).equals(Kind.of(wanted))
                                && port.mapping().sandboxPorts().overlaps(wanted.sandboxPorts()))
                        .findFirst()
                : conflict(wanted);
    }

    /**
     * One of those that have a port of the host which a mapping wants; none when nobody has, nor for a routed one. O(log n).
     */
    public Optional<PublishedPort> conflict(PortMapping wanted) {
        if (wanted.routed()) {
            return Optional.empty();
        }
        PortRange ports = wanted.hostPorts();
        TransportProtocol protocol = wanted.protocol();
        return wanted.isOnAnyAddress()
                ? all(Kind.of(wanted)).overlapping(ports)
                : on(protocol, wanted.hostAddress())
                        .overlapping(ports)
                        .or(() -> on(protocol, wanted.family().any()).overlapping(ports));
    }

    /** What a packet to a port of one of the host's addresses meets; O(log n). */
    public Optional<PublishedPort> find(TransportProtocol protocol, IpAddress address, int port) {
        return conflict(
                new PortMapping(address, PortRange.of(port), protocol, PortRange.of(port), PortSources.ANYBODY));
    }

    /**
     * These and one more.
     *
     * @throws IllegalStateException when one is in its way: requests are to be refused before
     */
    public PublishedPorts with(PublishedPort port) {
        conflict(port.endpoint(), port.mapping()).ifPresent(holder -> {
            throw new IllegalStateException(port + " conflicts with " + holder);
        });
        List<PublishedPort> own = new ArrayList<>(of(port.endpoint()));
        own.add(port);
        PersistentMap<EndpointId, List<PublishedPort>> endpoints = byEndpoint.with(port.endpoint(), List.copyOf(own));
        PortMapping mapping = port.mapping();
        Kind kind = Kind.of(mapping);
        return mapping.routed()
                ? new PublishedPorts(
                        endpoints,
                        byAddress,
                        byKind,
                        routedByKind.with(kind, routed(kind).with(port)))
                : new PublishedPorts(
                        endpoints,
                        byAddress.with(
                                at(mapping),
                                on(mapping.protocol(), mapping.hostAddress()).with(port)),
                        byKind.with(kind, all(kind).with(port)),
                        routedByKind);
    }

    /** These and several more of one endpoint; O(k log n), and O(what the endpoint has). */
    public PublishedPorts with(List<PublishedPort> ports) {
        PublishedPorts changed = this;
        for (PublishedPort port : ports) {
            changed = changed.with(port);
        }
        return changed;
    }

    /**
     * These without some of one endpoint; O(k log n), and O(what the endpoint has).
     *
     * @throws IllegalStateException when one of them is not there
     */
    public PublishedPorts without(List<PublishedPort> ports) {
        if (ports.isEmpty()) {
            return this;
        }
        PersistentMap<EndpointId, List<PublishedPort>> endpoints = byEndpoint;
        PersistentMap<At, PortTree> addresses = byAddress;
        PersistentMap<Kind, PortTree> kinds = byKind;
        PersistentMap<Kind, PortTree> routed = routedByKind;
        Set<PublishedPort> gone = new LinkedHashSet<>(ports);
        for (EndpointId endpoint : gone.stream().map(PublishedPort::endpoint).collect(Collectors.toSet())) {
            List<PublishedPort> rest =
                    of(endpoint).stream().filter(port -> !gone.contains(port)).toList();
            endpoints = rest.isEmpty() ? endpoints.without(endpoint) : endpoints.with(endpoint, rest);
        }
        for (PublishedPort port : gone) {
            PortMapping mapping = port.mapping();
            Kind kind = Kind.of(mapping);
            if (mapping.routed()) {
                routed = replaced(routed, kind, tree(routed.get(kind)).without(port));
            } else {
                addresses = replaced(
                        addresses, at(mapping), tree(addresses.get(at(mapping))).without(port));
                kinds = replaced(kinds, kind, tree(kinds.get(kind)).without(port));
            }
        }
        return new PublishedPorts(endpoints, addresses, kinds, routed);
    }

    private static <K> PersistentMap<K, PortTree> replaced(PersistentMap<K, PortTree> trees, K key, PortTree tree) {
        return tree.isEmpty() ? trees.without(key) : trees.with(key, tree);
    }

    private PortTree on(TransportProtocol protocol, IpAddress address) {
        return tree(byAddress.get(new At(protocol, address)));
    }

    private PortTree all(Kind kind) {
        return tree(byKind.get(kind));
    }

    private PortTree routed(Kind kind) {
        return tree(routedByKind.get(kind));
    }

    private static PortTree tree(@Nullable PortTree found) {
        return found == null ? PortTree.EMPTY : found;
    }

    private static At at(PortMapping mapping) {
        return new At(mapping.protocol(), mapping.hostAddress());
    }

    /** Whether both have the same mappings, whatever their history; O(n), and O(1) for the same value. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof PublishedPorts ports && all().equals(ports.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
