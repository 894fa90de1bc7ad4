package dev.bailey.engine.firewall;

import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An allow list as ranges of which no two overlap: a set of the kernel refuses one that begins or ends in another
 * (nft_pipapo_insert of net/netfilter/nft_set_pipapo.c). O(targets²).
 */
public final class AllowedRanges {
    private static final int MAX_PROTOCOL = 255;

    private final TreeSet<IpSubnet> whole = new TreeSet<>(IpSubnet.ORDER);
    private final Map<TransportProtocol, TreeMap<IpSubnet, List<Ports>>> parts = new TreeMap<>();

    /**
     * What may be sent to.
     *
     * @param destination the addresses
     * @param firstProtocol the lowest number of a protocol, 0 to 255
     * @param lastProtocol the highest, not below it
     * @param ports the destination's ports
     */
    public record Range(IpSubnet destination, int firstProtocol, int lastProtocol, Ports ports) {}

    /**
     * Ports, or whatever a packet of a protocol without ports has in their place.
     *
     * @param first the lowest, from 0
     * @param last the highest, not below it, at most 65535
     */
    public record Ports(int first, int last) {
        /** All there are. */
        public static final Ports ALL = new Ports(0, PortRange.MAX_PORT);
    }

    private AllowedRanges() {}

    /** The ranges that amount to the targets of the family of the endpoint's own subnet, and to that. */
    public static List<Range> of(IpSubnet own, Collection<EgressTarget> all) {
        AllowedRanges ranges = new AllowedRanges();
        ranges.add(own);
        List<EgressTarget> targets = all.stream()
                .filter(target -> target.destination().family() == own.family())
                .toList();
        targets.stream()
                .filter(target -> target.protocol().isEmpty())
                .forEach(target -> ranges.add(target.destination()));
        targets.stream().filter(target -> target.protocol().isPresent()).forEach(ranges::addPart);
        return ranges.all();
    }

    private void add(IpSubnet destination) {
        if (whole.stream().noneMatch(other -> other.includes(destination))) {
            whole.removeIf(destination::includes);
            whole.add(destination);
        }
    }

    private void addPart(EgressTarget target) {
        if (whole.stream().noneMatch(other -> other.includes(target.destination()))) {
            Ports ports = target.ports()
                    .map(range -> new Ports(range.first(), range.last()))
                    .orElse(Ports.ALL);
            parts.computeIfAbsent(target.protocol().orElseThrow(), _ -> new TreeMap<>(IpSubnet.ORDER))
                    .merge(target.destination(), List.of(ports), AllowedRanges::united);
        }
    }

    private List<Range> all() {
        List<Range> all = new ArrayList<>();
        for (IpSubnet destination : whole) {
            boolean alone = parts.values().stream()
                    .flatMap(each -> each.keySet().stream())
                    .noneMatch(wider -> wider.includes(destination));
            if (alone) {
                all.add(new Range(destination, 0, MAX_PROTOCOL, Ports.ALL));
            } else {
                addWithoutTransport(destination, all);
                for (TransportProtocol protocol : TransportProtocol.values()) {
                    parts.computeIfAbsent(protocol, _ -> new TreeMap<>(IpSubnet.ORDER))
                            .put(destination, List.of(Ports.ALL));
                }
            }
        }
        parts.forEach((protocol, each) -> addParts(protocol, each, all));
        return all;
    }

    /** Everything between the protocols that have ranges of their own. */
    private static void addWithoutTransport(IpSubnet destination, List<Range> all) {
        int next = 0;
        for (TransportProtocol protocol : TransportProtocol.values()) {
            all.add(new Range(destination, next, protocol.number() - 1, Ports.ALL));
            next = protocol.number() + 1;
        }
        all.add(new Range(destination, next, MAX_PROTOCOL, Ports.ALL));
    }

    /** Of a subnet within another one, what that one has not already. */
    private static void addParts(TransportProtocol protocol, TreeMap<IpSubnet, List<Ports>> parts, List<Range> all) {
        parts.forEach((destination, ports) -> {
            List<Ports> left = ports;
            for (Map.Entry<IpSubnet, List<Ports>> other : parts.entrySet()) {
                boolean wider =
                        !other.getKey().equals(destination) && other.getKey().includes(destination);
                left = wider ? without(left, other.getValue()) : left;
            }
            left.forEach(range -> all.add(new Range(destination, protocol.number(), protocol.number(), range)));
        });
    }

    private static List<Ports> united(Collection<Ports> some, Collection<Ports> more) {
        List<Ports> sorted = new ArrayList<>(some);
        sorted.addAll(more);
        sorted.sort(Comparator.comparingInt(Ports::first));
        List<Ports> united = new ArrayList<>();
        for (Ports next : sorted) {
            Ports before = united.isEmpty() ? null : united.getLast();
            if (before != null && next.first() <= before.last() + 1) {
                united.set(united.size() - 1, new Ports(before.first(), Math.max(before.last(), next.last())));
            } else {
                united.add(next);
            }
        }
        return united;
    }

    private static List<Ports> without(List<Ports> some, List<Ports> taken) {
        List<Ports> left = some;
        for (Ports hole : taken) {
            List<Ports> next = new ArrayList<>();
            for (Ports each : left) {
                if (hole.last() < each.first() || each.last() < hole.first()) {
                    next.add(each);
                    continue;
                }
                if (each.first() < hole.first()) {
                    next.add(new Ports(each.first(), hole.first() - 1));
                }
                if (hole.last() < each.last()) {
                    next.add(new Ports(hole.last() + 1, each.last()));
                }
            }
            left = next;
        }
        return left;
    }
}
