package dev.bailey.engine.model;

/** An address of either family. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {
    /**
     * Reads an address of either family: one with a colon is of IPv6.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    static IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? Ipv4Address.parse(text) : Ipv6Address.parse(text);
    }

    /** Whether it never leaves a host. */
    boolean isLoopback();

    /** Whether it names a group, which no interface may hold. */
    boolean isMulticast();

    /** Its 4 or 16 bytes in network order. */
    byte[] toByteArray();
}
