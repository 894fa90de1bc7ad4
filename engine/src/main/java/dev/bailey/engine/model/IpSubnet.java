package dev.bailey.engine.model;

import java.util.Comparator;

/** A prefix of either family. */
public sealed interface IpSubnet permits Subnet, Ipv6Subnet {
    /** Prefixes of IPv4 before those of IPv6, each in the order of their family. */
    Comparator<IpSubnet> ORDER =
            Comparator.comparing(IpSubnet::base, IpAddress.ORDER).thenComparingInt(IpSubnet::prefixLength);

    /**
     * Reads {@code base/length}, or a single address, of either family.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    static IpSubnet parse(String text) {
        if (text.indexOf('/') < 0) {
            return of(IpAddress.parse(text));
        }
        return text.indexOf(':') < 0 ? Subnet.parse(text) : Ipv6Subnet.parse(text);
    }

    /** A single address. */
    static IpSubnet of(IpAddress address) {
        return switch (address) {
            case Ipv4Address ipv4 -> new Subnet(ipv4, Integer.SIZE);
            case Ipv6Address ipv6 -> new Ipv6Subnet(ipv6, Ipv6Address.BITS);
        };
    }

    /** The first address. */
    IpAddress base();

    /** The last address. */
    IpAddress last();

    /** The number of leading bits that all its addresses share. */
    int prefixLength();

    /** The family of its addresses. */
    default IpFamily family() {
        return base().family();
    }

    /** Whether the address, of either family, lies in it. */
    default boolean includes(IpAddress address) {
        return switch (this) {
            case Subnet ipv4 -> address instanceof Ipv4Address each && ipv4.contains(each);
            case Ipv6Subnet ipv6 -> address instanceof Ipv6Address each && ipv6.contains(each);
        };
    }

    /** Whether every address of {@code other}, of either family, lies in it. */
    default boolean includes(IpSubnet other) {
        return prefixLength() <= other.prefixLength() && includes(other.base());
    }

    /** The form that nft and iptables print: a single address stands without its length. */
    default String shortForm() {
        return prefixLength() == family().bits() ? base().toString() : toString();
    }
}
