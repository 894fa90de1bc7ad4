package dev.bailey.netlink.nftables;

import java.util.List;

/** What must be known of a packet before a part of it can be looked at; nft adds the same tests by itself. */
enum Requirement {
    NONE,
    IPV4,
    IPV6,
    ARP,
    TCP,
    UDP,
    ICMPV6;

    private static final Value NFPROTO_IPV4 = Value.u8(2);
    private static final Value NFPROTO_IPV6 = Value.u8(10);
    private static final Value ETHERTYPE_IPV4 = Value.be16(0x0800);
    private static final Value ETHERTYPE_IPV6 = Value.be16(0x86dd);
    private static final Value IPPROTO_ICMPV6 = Value.protocol(58);
    private static final Value ETHERTYPE_ARP = Value.be16(0x0806);

    /** The test; empty where the family implies it. */
    List<Expression> test(Family family) {
        return switch (this) {
            case NONE -> List.of();
            case IPV4 -> network(family, Family.IP, NFPROTO_IPV4, ETHERTYPE_IPV4);
            case IPV6 -> network(family, Family.IP6, NFPROTO_IPV6, ETHERTYPE_IPV6);
            case ARP -> arp(family);
            case ICMPV6 -> equal(MetaKey.L4PROTO, IPPROTO_ICMPV6);
            case TCP -> equal(MetaKey.L4PROTO, Value.TCP);
            case UDP -> equal(MetaKey.L4PROTO, Value.UDP);
        };
    }

    private static List<Expression> network(Family family, Family own, Value nfproto, Value etherType) {
        return switch (family) {
            case INET -> equal(MetaKey.NFPROTO, nfproto);
            case BRIDGE, NETDEV -> equal(MetaKey.PROTOCOL, etherType);
            case IP, IP6, ARP -> {
                Check.that(family == own, "no %s packets come by in family %s", own.keyword(), family.keyword());
                yield List.of();
            }
        };
    }

    private static List<Expression> arp(Family family) {
        return switch (family) {
            case BRIDGE, NETDEV -> equal(MetaKey.PROTOCOL, ETHERTYPE_ARP);
            case ARP -> List.of();
            case INET, IP, IP6 ->
                throw new IllegalArgumentException("no arp packets come by in family " + family.keyword());
        };
    }

    private static List<Expression> equal(MetaKey key, Value value) {
        return List.of(new MetaLoad(key, Register.FIRST), new Compare(Register.FIRST, CompareOperator.EQUAL, value));
    }
}
