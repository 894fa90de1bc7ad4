package dev.bailey.netlink.nftables;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes values as nft does. */
final class ValueText {
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

    private ValueText() {}

    /** A value of that type; one that is shorter is the beginning of one. */
    static String of(FieldType type, Value value) {
        if (value.length() < type.lengthBytes() && !type.equals(FieldType.INTERFACE_NAME)) {
            return prefixOf(type, value);
        }
        if (type.equals(FieldType.IPV4) || type.equals(FieldType.IPV6)) {
            return address(value);
        }
        if (type.equals(FieldType.INTERFACE_NAME)) {
            return interfaceName(value);
        }
        if (type.equals(FieldType.PORT)) {
            return Long.toString(value.toNumber());
        }
        if (type.equals(FieldType.PROTOCOL)) {
            return protocol((int) value.toNumber());
        }
        if (type.equals(FieldType.ETHER_TYPE)) {
            return etherType((int) value.toNumber());
        }
        if (type.equals(FieldType.ETHER)) {
            return HexFormat.ofDelimiter(":").formatHex(value.toByteArray());
        }
        return type.hostOrder() && value.length() <= Long.BYTES ? hostNumber(type, value) : value.toString();
    }

    private static String hostNumber(FieldType type, Value value) {
        long number = value.toHostNumber();
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

    /** An IPv4 or IPv6 address, the latter in the short form of RFC 5952. */
    static String address(Value address) {
        try {
            String text = InetAddress.getByAddress(address.toByteArray()).getHostAddress();
            return text.indexOf(':') < 0 ? text : shorten(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }

    /** Puts {@code ::} for the longest run of two zero groups or more. */
    private static String shorten(String eightGroups) {
        String[] groups = eightGroups.split(":");
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        if (bestStart < 0) {
            return eightGroups;
        }
        List<String> all = List.of(groups);
        return String.join(":", all.subList(0, bestStart))
                + "::"
                + String.join(":", all.subList(bestStart + bestLength, all.size()));
    }

    private static String interfaceName(Value value) {
        byte[] bytes = value.toByteArray();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        String name = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return end == bytes.length ? "\"" + name + "*\"" : "\"" + name + "\"";
    }

    private static String protocol(int number) {
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

    private static String etherType(int number) {
        return switch (number) {
            case 0x0800 -> "ip";
            case 0x0806 -> "arp";
            case 0x86dd -> "ip6";
            default -> String.format("0x%04x", number);
        };
    }

    private static String prefixOf(FieldType type, Value beginning) {
        if (!type.equals(FieldType.IPV4) && !type.equals(FieldType.IPV6)) {
            return beginning.toString();
        }
        byte[] whole = Arrays.copyOf(beginning.toByteArray(), type.lengthBytes());
        return address(Value.of(whole)) + "/" + beginning.length() * 8;
    }

    /** A range of values of one field, as a prefix where it is one. */
    static String range(FieldType type, Value first, Value last) {
        if (first.equals(last)) {
            return of(type, first);
        }
        boolean address = type.equals(FieldType.IPV4) || type.equals(FieldType.IPV6);
        int prefix = address ? prefixLength(first, last) : -1;
        return prefix >= 0 ? of(type, first) + "/" + prefix : of(type, first) + "-" + of(type, last);
    }

    /** The length of the prefix that a range of addresses is; −1 if it is none. */
    private static int prefixLength(Value first, Value last) {
        int bits = first.length() * 8;
        for (int length = 0; length <= bits; length++) {
            if (isPrefix(first, last, length)) {
                return length;
            }
        }
        return -1;
    }

    private static boolean isPrefix(Value first, Value last, int length) {
        Value mask = Prefix.mask(length, first.length());
        return first.or(mask).equals(mask) && first.or(mask.not()).equals(last);
    }

    /** A value of one field or of several concatenated. */
    static String of(ValueType type, Value value) {
        List<Value> parts = type.split(value);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            texts.add(of(type.fields().get(i), parts.get(i)));
        }
        return String.join(" . ", texts);
    }

    static String of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accept accept -> "accept";
            case Verdict.Drop drop -> "drop";
            case Verdict.Continue otherContinue -> "continue";
            case Verdict.Return otherReturn -> "return";
            case Verdict.Jump jump -> "jump " + jump.chain();
            case Verdict.Goto jump -> "goto " + jump.chain();
            case Verdict.Other other -> "verdict " + other.code();
        };
    }

    /** An element with its data and comment, as in a listing. */
    static String of(SetOrMap set, Element element) {
        StringBuilder text = new StringBuilder(key(set.key(), element));
        element.comment().ifPresent(c -> text.append(" comment ").append(quote(c)));
        element.data().ifPresent(data -> text.append(" : ").append(data(set, data)));
        return text.toString();
    }

    private static String key(ValueType type, Element element) {
        List<Value> from = type.split(element.key());
        List<Value> to = type.split(element.last().orElse(element.key()));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            texts.add(range(type.fields().get(i), from.get(i), to.get(i)));
        }
        return String.join(" . ", texts);
    }

    private static String data(SetOrMap set, Data data) {
        return switch (data) {
            case Verdict verdict -> of(verdict);
            case Value value ->
                set.mapData().orElse(MapData.VERDICTS) instanceof MapData.Values values
                        ? of(values.type(), value)
                        : value.toString();
        };
    }

    static String quote(String text) {
        return "\"" + text + "\"";
    }

    static String flags(Stream<String> keywords) {
        return keywords.collect(Collectors.joining(","));
    }
}
