package dev.bailey.netlink.nftables;

import dev.bailey.netlink.nftables.Payload.Base;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Something of a packet that a rule looks at: what nft writes on the left of a comparison.
 *
 * <p>It knows the expression that loads it, its type, and what must be known of a packet for it to mean anything.
 */
public enum Selector {
    /** Name of the interface the packet came in by. */
    IIFNAME(MetaKey.IIFNAME),
    /** Name of the interface the packet leaves by. */
    OIFNAME(MetaKey.OIFNAME),
    /** The packet's mark. */
    META_MARK(MetaKey.MARK),
    /** Whether the packet is IPv4 or IPv6. */
    NFPROTO(MetaKey.NFPROTO),
    /** The protocol behind the IP headers. */
    L4PROTO(MetaKey.L4PROTO),
    /** Name of the bridge port the packet came in by. */
    BRIDGE_IIFNAME(MetaKey.BRIDGE_IIFNAME),
    /** Name of the bridge port the packet leaves by. */
    BRIDGE_OIFNAME(MetaKey.BRIDGE_OIFNAME),
    /** Source address of an IPv4 packet. */
    IP_SADDR(FieldType.IPV4, Requirement.IPV4, to -> new Payload(Base.NETWORK, 12, 4, to)),
    /** Destination address of an IPv4 packet. */
    IP_DADDR(FieldType.IPV4, Requirement.IPV4, to -> new Payload(Base.NETWORK, 16, 4, to)),
    /** Source address of an IPv6 packet. */
    IP6_SADDR(FieldType.IPV6, Requirement.IPV6, to -> new Payload(Base.NETWORK, 8, 16, to)),
    /** Destination address of an IPv6 packet. */
    IP6_DADDR(FieldType.IPV6, Requirement.IPV6, to -> new Payload(Base.NETWORK, 24, 16, to)),
    /** Hardware address that a frame says it comes from. */
    ETHER_SADDR(FieldType.ETHER, Requirement.NONE, to -> new Payload(Base.LINK, 6, 6, to)),
    /** Type of what a frame carries; of a tagged one that of the tag. */
    ETHER_TYPE(FieldType.ETHER_TYPE, Requirement.NONE, to -> new Payload(Base.LINK, 12, 2, to)),
    /** Hardware address of the sender of an ARP packet. */
    ARP_SADDR_ETHER(FieldType.ETHER, Requirement.ARP, to -> new Payload(Base.NETWORK, 8, 6, to)),
    /** IPv4 address of the sender of an ARP packet. */
    ARP_SADDR_IP(FieldType.IPV4, Requirement.ARP, to -> new Payload(Base.NETWORK, 14, 4, to)),
    /** Type of an ICMPv6 message. */
    ICMPV6_TYPE(FieldType.ICMPV6_TYPE, Requirement.ICMPV6, to -> new Payload(Base.TRANSPORT, 0, 1, to)),
    /** The address that an ICMPv6 message of neighbour discovery is about. */
    ICMPV6_TADDR(FieldType.IPV6, Requirement.ICMPV6, to -> new Payload(Base.TRANSPORT, 8, 16, to)),
    /** Source port of whatever protocol has ports. */
    TH_SPORT(FieldType.PORT, Requirement.NONE, to -> new Payload(Base.TRANSPORT, 0, 2, to)),
    /** Destination port of whatever protocol has ports. */
    TH_DPORT(FieldType.PORT, Requirement.NONE, to -> new Payload(Base.TRANSPORT, 2, 2, to)),
    /** Source port of TCP. */
    TCP_SPORT(FieldType.PORT, Requirement.TCP, to -> new Payload(Base.TRANSPORT, 0, 2, to)),
    /** Destination port of TCP. */
    TCP_DPORT(FieldType.PORT, Requirement.TCP, to -> new Payload(Base.TRANSPORT, 2, 2, to)),
    /** Source port of UDP. */
    UDP_SPORT(FieldType.PORT, Requirement.UDP, to -> new Payload(Base.TRANSPORT, 0, 2, to)),
    /** Destination port of UDP. */
    UDP_DPORT(FieldType.PORT, Requirement.UDP, to -> new Payload(Base.TRANSPORT, 2, 2, to)),
    /** The connection's mark. */
    CT_MARK(CtKey.MARK, Optional.empty()),
    /** Whether the packet goes the way of the connection's first one. */
    CT_DIRECTION(CtKey.DIRECTION, Optional.empty()),
    /** Destination IPv4 address that the connection's first packet had before NAT. */
    CT_ORIGINAL_IP_DADDR(CtKey.DST_IP, Optional.of(CtDirection.ORIGINAL)),
    /** Destination port that the connection's first packet had before NAT. */
    CT_ORIGINAL_PROTO_DST(CtKey.PROTO_DST, Optional.of(CtDirection.ORIGINAL)),
    /** What kind of address the routing tables think the source is. */
    FIB_SADDR_TYPE(Fib.Flag.SADDR),
    /** What kind of address the routing tables think the destination is. */
    FIB_DADDR_TYPE(Fib.Flag.DADDR);

    private final FieldType type;
    private final Requirement requirement;
    private final Function<Register, Expression> load;

    Selector(FieldType type, Requirement requirement, Function<Register, Expression> load) {
        this.type = type;
        this.requirement = requirement;
        this.load = load;
    }

    Selector(MetaKey key) {
        this(key.type(), Requirement.NONE, to -> new MetaLoad(key, to));
    }

    Selector(CtKey key, Optional<CtDirection> direction) {
        this(key.type(), Requirement.NONE, to -> new CtLoad(key, direction, to));
    }

    Selector(Fib.Flag flag) {
        this(FieldType.ADDRESS_TYPE, Requirement.NONE, to -> new Fib(Fib.Result.ADDRESS_TYPE, Set.of(flag), to));
    }

    /** The type of what it selects. */
    public FieldType type() {
        return type;
    }

    Requirement requirement() {
        return requirement;
    }

    Expression load(Register destination) {
        return load.apply(destination);
    }

    /** The type of several, concatenated. */
    static ValueType typeOf(List<Selector> selectors) {
        return new ValueType(selectors.stream().map(Selector::type).toList());
    }
}
