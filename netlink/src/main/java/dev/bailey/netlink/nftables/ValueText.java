package dev.bailey.netlink.nftables;

import dev.bailey.netlink.AddressText;
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
    private ValueText() {}

    /** A value of that type; one that is shorter is the beginning of one, one that is longer is only bytes. */
    static String of(FieldType type, Value value) {
        if (value.length() > type.lengthBytes()) {
            return value.toString();
        }
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
            return NumberText.protocol((int) value.toNumber());
        }
        if (type.equals(FieldType.ETHER_TYPE)) {
            return NumberText.etherType((int) value.toNumber());
        }
        if (type.equals(FieldType.ICMPV6_TYPE)) {
            return NumberText.icmpv6Type((int) value.toNumber());
        }
        if (type.equals(FieldType.ETHER)) {
            return HexFormat.ofDelimiter(":").formatHex(value.toByteArray());
        }
        return type.hostOrder() && value.length() <= Long.BYTES
                ? NumberText.host(type, value.toHostNumber())
                : value.toString();
    }

    /** An IPv4 or IPv6 address, the latter in the short form of RFC 5952. */
    static String address(Value address) {
        try {
            return AddressText.of(InetAddress.getByAddress(address.toByteArray()));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }

    private static String interfaceName(Value value) {
        byte[] bytes = value.toByteArray();
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        String name = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return quote(end == bytes.length ? name + "*" : name);
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
        return "\"" + harmless(text) + "\"";
    }

    /** Other programs may put anything into names and comments, and the text may end on a terminal. */
    static String harmless(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String flags(Stream<String> keywords) {
        return keywords.collect(Collectors.joining(","));
    }
}
