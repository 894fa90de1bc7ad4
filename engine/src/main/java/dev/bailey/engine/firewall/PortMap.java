package dev.bailey.engine.firewall;

import dev.bailey.engine.model.IpFamily;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A map of published ports. A packet is looked up in each of its chain: the cost does not depend on how many ports are
 * published. Single ports for everybody have maps of their own, for a map of ranges is copied by the kernel whenever it is
 * changed (net/netfilter/nft_set_pipapo.c), while in one without ranges an element costs the same however many there are.
 */
public enum PortMap {
    /** Single ports of whatever address, with the sandbox's address and port. */
    PORTS("published", Key.PORT, Target.SANDBOX_PORT, false),
    /** Single ports of one address, with the sandbox's address and port. */
    PORTS_AT("published_at", Key.ADDRESS_PORT, Target.SANDBOX_PORT, false),
    /** Ranges of ports of whatever address, with the sandbox's address; the port stays. */
    RANGES("published_ranges", Key.PORT, Target.SANDBOX, true),
    /** Ranges of ports of one address, with the sandbox's address; the port stays. */
    RANGES_AT("published_ranges_at", Key.ADDRESS_PORT, Target.SANDBOX, true),
    /** Single ports of one address or of all, for some senders, with the sandbox's address and port. */
    PORTS_FROM("published_from", Key.SENDER_ADDRESS_PORT, Target.SANDBOX_PORT, true),
    /** Ranges of ports of one address or of all, for some senders, with the sandbox's address; the port stays. */
    RANGES_FROM("published_ranges_from", Key.SENDER_ADDRESS_PORT, Target.SANDBOX, true),
    /** Single ports of sandboxes that are open at the sandbox's own address. */
    OPENED("opened", Key.ADDRESS_PORT, Target.ACCEPT, false),
    /** Ranges of ports of sandboxes, or ports for some senders, that are open at the sandbox's own address. */
    OPENED_FROM("opened_from", Key.SENDER_ADDRESS_PORT, Target.ACCEPT, true),
    /** {@link #PORTS} of IPv6. */
    PORTS_IPV6(PORTS),
    /** {@link #PORTS_AT} of IPv6. */
    PORTS_AT_IPV6(PORTS_AT),
    /** {@link #RANGES} of IPv6. */
    RANGES_IPV6(RANGES),
    /** {@link #RANGES_AT} of IPv6. */
    RANGES_AT_IPV6(RANGES_AT),
    /** {@link #PORTS_FROM} of IPv6. */
    PORTS_FROM_IPV6(PORTS_FROM),
    /** {@link #RANGES_FROM} of IPv6. */
    RANGES_FROM_IPV6(RANGES_FROM),
    /** {@link #OPENED} of IPv6. */
    OPENED_IPV6(OPENED),
    /** {@link #OPENED_FROM} of IPv6. */
    OPENED_FROM_IPV6(OPENED_FROM);

    private static final int FAMILY_SIZE = values().length / IpFamily.values().length;

    private final IpFamily family;
    private final String name;
    private final Key key;
    private final Target target;
    private final boolean ranges;

    PortMap(String name, Key key, Target target, boolean ranges) {
        this.family = IpFamily.IPV4;
        this.name = name;
        this.key = key;
        this.target = target;
        this.ranges = ranges;
    }

    PortMap(PortMap ofIpv4) {
        this.family = IpFamily.IPV6;
        this.name = ofIpv4.name + "6";
        this.key = ofIpv4.key;
        this.target = ofIpv4.target;
        this.ranges = ofIpv4.ranges;
    }

    /** The maps of a family. */
    public static Set<PortMap> all(IpFamily family) {
        return ordered(Stream.of(values()).filter(map -> map.family == family).toList());
    }

    /** The map of a family that is to it what this one is to its own. */
    public PortMap of(IpFamily wanted) {
        return values()[ordinal() % FAMILY_SIZE + wanted.ordinal() * FAMILY_SIZE];
    }

    /** What of a packet is looked up, behind each other; the port is the destination's. */
    public enum Key {
        /** Protocol and port. */
        PORT("meta l4proto . th dport", "inet_proto . inet_service"),
        /** Destination, protocol and port. */
        ADDRESS_PORT("%1$s daddr . " + PORT.selectors, "%1$s . " + PORT.types),
        /** Source, destination, protocol and port. */
        SENDER_ADDRESS_PORT("%1$s saddr . " + ADDRESS_PORT.selectors, "%1$s . " + ADDRESS_PORT.types);

        private final String selectors;
        private final String types;

        Key(String selectors, String types) {
            this.selectors = selectors;
            this.types = types;
        }
    }

    /** What is found. */
    public enum Target {
        /** The sandbox's address and port, which the packet goes to. */
        SANDBOX_PORT("%1$s . inet_service"),
        /** The sandbox's address, which the packet goes to; its port stays. */
        SANDBOX("%1$s"),
        /** That the packet passes. */
        ACCEPT("verdict");

        private final String types;

        Target(String types) {
            this.types = types;
        }
    }

    /** The family of its addresses. */
    public IpFamily family() {
        return family;
    }

    /** What its keys are made of. */
    public Key key() {
        return key;
    }

    /** What is behind its keys. */
    public Target target() {
        return target;
    }

    /** Whether its keys are ranges: of addresses and, but for {@link Target#SANDBOX_PORT}, of ports. */
    public boolean isOfRanges() {
        return ranges;
    }

    /** What of a packet is looked up, in the syntax of nft. */
    String selectors() {
        return String.format(key.selectors, header());
    }

    /** The types of keys and data and the flags, in the syntax of nft: a line each. */
    String types() {
        String address = switch (family) {
            case IPV4 -> "ipv4_addr";
            case IPV6 -> "ipv6_addr";
        };
        return "type " + String.format(key.types + " : " + target.types, address)
                + (ranges ? "\n\t\tflags interval" : "");
    }

    /** What nft calls the header that the addresses are in. */
    String header() {
        return switch (family) {
            case IPV4 -> "ip";
            case IPV6 -> "ip6";
        };
    }

    static Set<PortMap> ordered(Collection<PortMap> maps) {
        EnumSet<PortMap> ordered = EnumSet.noneOf(PortMap.class);
        ordered.addAll(maps);
        return Collections.unmodifiableSet(ordered);
    }

    /** Its name in nftables. */
    @Override
    public String toString() {
        return name;
    }
}
