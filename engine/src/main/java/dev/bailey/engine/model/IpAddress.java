package dev.bailey.engine.model;

import java.util.Arrays;
import java.util.Comparator;

/** An address of either family. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {
    /** Addresses of IPv4 before those of IPv6, each as a number. */
    Comparator<IpAddress> ORDER =
            Comparator.comparing(IpAddress::family).thenComparing(IpAddress::toByteArray, Arrays::compareUnsigned);

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

    /** The family that it is of. */
    default IpFamily family() {
        return switch (this) {
            case Ipv4Address _ -> IpFamily.IPV4;
            case Ipv6Address _ -> IpFamily.IPV6;
        };
    }

    /** Whether it stands for every address of a host: 0.0.0.0 or ::. */
    default boolean isAny() {
        return equals(family().any());
    }

    /** As it stands before a colon and a port: that of IPv6 in brackets. */
    default String beforePort() {
        return switch (this) {
            case Ipv4Address ipv4 -> ipv4.toString();
            case Ipv6Address ipv6 -> "[" + ipv6 + "]";
        };
    }

    /** Its 4 or 16 bytes in network order. */
    byte[] toByteArray();
}
