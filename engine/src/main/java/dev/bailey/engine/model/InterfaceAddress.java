package dev.bailey.engine.model;

import java.util.Objects;

/**
 * An address together with the length of its subnet's prefix, as an interface holds it.
 *
 * @param address the address; its host bits may be anything
 * @param prefixLength 0 to 32
 */
public record InterfaceAddress(Ipv4Address address, int prefixLength) implements LinkAddress {
    /** Checks the ranges. */
    public InterfaceAddress {
        Objects.requireNonNull(address, "address");
        Prefixes.checkLength(prefixLength);
    }

    /**
     * Reads {@code address/length}.
     *
     * @param text for example {@code 172.17.0.2/16}
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static InterfaceAddress parse(String text) {
        return Prefixes.parse(text, "an interface address", "172.17.0.1/16");
    }

    /** The subnet the address lies in. */
    public Subnet subnet() {
        return Subnet.containing(address, prefixLength);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
