package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names that iptables has for numbers. */
final class Words {
    private static final Map<Integer, String> PROTOCOLS = Map.of(
            0, "all",
            1, "icmp",
            2, "igmp",
            6, "tcp",
            17, "udp",
            47, "gre",
            50, "esp",
            51, "ah",
            58, "ipv6-icmp",
            132, "sctp");

    /** {@code RTN_*}, linux/rtnetlink.h, in its order. */
    private static final List<String> ADDRESS_TYPES = List.of(
            "UNSPEC",
            "UNICAST",
            "LOCAL",
            "BROADCAST",
            "ANYCAST",
            "MULTICAST",
            "BLACKHOLE",
            "UNREACHABLE",
            "PROHIBIT",
            "THROW",
            "NAT",
            "XRESOLVE");

    private Words() {}

    static String protocol(int number) {
        return PROTOCOLS.getOrDefault(number, String.valueOf(number));
    }

    static String addressType(int number) {
        return number >= 0 && number < ADDRESS_TYPES.size() ? ADDRESS_TYPES.get(number) : String.valueOf(number);
    }

    /** The address types that are bits of a mask, between commas. */
    static String addressTypes(int bits) {
        List<String> words = new ArrayList<>();
        for (int type = 0; type < Short.SIZE; type++) {
            if ((bits & 1 << type) != 0) {
                words.add(addressType(type));
            }
        }
        return String.join(",", words);
    }

    /** A link's name, which has its NUL, or the beginning of one with a plus behind it. */
    static String link(Value name) {
        byte[] bytes = name.toByteArray();
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return length < bytes.length ? text : text + "+";
    }

    static String not(boolean negated, String text) {
        return negated ? "!" + text : text;
    }

    /** A port or a range of ports, {@code tcp dpt:80} or {@code tcp dpts:80:90}. */
    static String ports(String protocol, String letter, boolean negated, int first, int last) {
        String which = first == last ? letter + "pt:" : letter + "pts:";
        String range = first == last ? String.valueOf(first) : first + ":" + last;
        return (protocol.equals("all") ? "" : protocol + " ") + which + not(negated, range);
    }

    /** A number in hexadecimal digits, with a mask unless it is of all bits: {@code 0x1/0xff}. */
    static String marked(int value, int mask) {
        String text = "0x" + Integer.toHexString(value);
        return mask == -1 ? text : text + "/0x" + Integer.toHexString(mask);
    }
}
