package dev.bailey.netlink.nftables;

import java.util.ArrayList;
import java.util.List;

/** Writes numbers by the names that nft has for them. */
final class NumberText {
    /** What nft calls the answer of a route lookup that only asks whether there is a route. */
    static final FieldType EXISTS = new FieldType(39, "boolean", 4, true);

    private static final int RTN_MAX = 11;
    private static final List<String> ADDRESS_TYPES = List.of(
            "unspec",
            "unicast",
            "local",
            "broadcast",
            "anycast",
            "multicast",
            "blackhole",
            "unreachable",
            "prohibit",
            "throw",
            "nat",
            "xresolve");
    private static final List<String> PACKET_TYPES = List.of("host", "broadcast", "multicast", "other");

    private NumberText() {}

    /** A number of a type in host order. */
    static String host(FieldType type, long number) {
        if (type.equals(FieldType.MARK)) {
            return String.format("0x%08x", number);
        }
        if (type.equals(FieldType.CT_STATE)) {
            return ctStates(number);
        }
        if (type.equals(FieldType.CT_STATUS)) {
            return ctStatuses(number);
        }
        if (type.equals(FieldType.CT_DIRECTION)) {
            return number == 0 ? "original" : "reply";
        }
        if (type.equals(FieldType.NFPROTO)) {
            return number == Family.IP.number() ? "ipv4" : number == Family.IP6.number() ? "ipv6" : "" + number;
        }
        if (type.equals(FieldType.ADDRESS_TYPE) && number <= RTN_MAX) {
            return ADDRESS_TYPES.get((int) number);
        }
        if (type.equals(EXISTS)) {
            return number == 0 ? "missing" : "exists";
        }
        if (type.equals(FieldType.PACKET_TYPE) && number < PACKET_TYPES.size()) {
            return PACKET_TYPES.get((int) number);
        }
        return Long.toString(number);
    }

    private static String ctStates(long bits) {
        List<String> words = new ArrayList<>();
        for (CtState state : CtState.values()) {
            if ((bits & state.bit()) != 0) {
                words.add(state.keyword());
            }
        }
        return String.join(",", words);
    }

    private static String ctStatuses(long bits) {
        List<String> words = new ArrayList<>();
        for (CtStatus status : CtStatus.values()) {
            if ((bits & status.bit()) != 0) {
                words.add(status.keyword());
            }
        }
        return String.join(",", words);
    }

    static String protocol(int number) {
        return switch (number) {
            case 1 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 50 -> "esp";
            case 51 -> "ah";
            case 58 -> "ipv6-icmp";
            case 132 -> "sctp";
            case 136 -> "udplite";
            default -> Integer.toString(number);
        };
    }

    /** nft's name of a type of ICMPv6 messages, as far as neighbour discovery has them (RFC 4861); else the number. */
    static String icmpv6Type(int number) {
        return switch (number) {
            case 133 -> "nd-router-solicit";
            case 134 -> "nd-router-advert";
            case 135 -> "nd-neighbor-solicit";
            case 136 -> "nd-neighbor-advert";
            case 137 -> "nd-redirect";
            default -> Integer.toString(number);
        };
    }

    static String etherType(int number) {
        return switch (number) {
            case 0x0800 -> "ip";
            case 0x0806 -> "arp";
            case 0x86dd -> "ip6";
            default -> String.format("0x%04x", number);
        };
    }
}
