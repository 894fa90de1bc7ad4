package dev.bailey.engine.model;

import java.util.Objects;

/**
 * An IPv6 address together with the length of its subnet's prefix, as an interface holds it.
 *
 * @param address the address; its host bits may be anything
 * @param prefixLength 0 to 128
 */
public record Ipv6InterfaceAddress(Ipv6Address address, int prefixLength) implements LinkAddress {
    /** Checks the ranges. */
    public Ipv6InterfaceAddress {
        Objects.requireNonNull(address, "address");
        Ipv6Subnet.checkLength(prefixLength);
    }

    /**
     * Reads {@code address/length}.
     *
     * @param text for example {@code fd00::2/64}
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Ipv6InterfaceAddress parse(String text) {
        return parse(text, "an IPv6 interface address", "fd00::1/64");
    }

    /** Splits {@code address/length}; {@code kind} names in errors what the text should have been. */
    static Ipv6InterfaceAddress parse(String text, String kind, String example) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw Text.bad(text, "is not " + kind + ": the prefix length is missing, write it like " + example);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > Ipv6Address.BITS) {
            throw Text.bad(text, "is not " + kind + ": after the slash comes a prefix length from 0 to 128");
        }
        try {
            return new Ipv6InterfaceAddress(Ipv6Address.parse(text.substring(0, slash)), Integer.parseInt(length));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Text.quote(text) + " is not " + kind + ": " + e.getMessage(), e);
        }
    }

    /** The subnet the address lies in. */
    public Ipv6Subnet subnet() {
        return Ipv6Subnet.containing(address, prefixLength);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
