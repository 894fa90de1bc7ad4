package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;

/**
 * An IPv6 prefix in canonical form: every host bit of its base is zero. Ordered by base, then by prefix length.
 *
 * @param base the first address
 * @param prefixLength the number of leading bits that all its addresses share, 0 to 128
 */
public record Ipv6Subnet(Ipv6Address base, int prefixLength) implements IpSubnet, Comparable<Ipv6Subnet> {
    private static final int MAX_LENGTH = Ipv6Address.BITS;
    /** Below fd00::/8 each has 40 random bits (RFC 4193). */
    private static final int UNIQUE_LOCAL_LENGTH = 48;

    /** Checks the form. */
    public Ipv6Subnet {
        Objects.requireNonNull(base, "base");
        checkLength(prefixLength);
        Ipv6Address canonical = masked(base, prefixLength);
        if (!canonical.equals(base)) {
            throw new IllegalArgumentException(base + "/" + prefixLength + " is not a subnet: the address bits after /"
                    + prefixLength + " must be zero, as in " + canonical + "/" + prefixLength);
        }
    }

    static void checkLength(int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "/" + length + " is not an IPv6 prefix length: it goes from /0 to /" + MAX_LENGTH);
        }
    }

    /**
     * Reads {@code base/length}.
     *
     * @param text a canonical prefix like {@code fd00:1::/64}
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Ipv6Subnet parse(String text) {
        Ipv6InterfaceAddress parsed = Ipv6InterfaceAddress.parse(text, "an IPv6 subnet", "fd00:1::/64");
        return new Ipv6Subnet(parsed.address(), parsed.prefixLength());
    }

    /** The prefix of this length that contains the address. */
    public static Ipv6Subnet containing(Ipv6Address address, int prefixLength) {
        checkLength(prefixLength);
        return new Ipv6Subnet(masked(address, prefixLength), prefixLength);
    }

    /** A prefix of length 48 of unique local addresses, which nobody else is likely to have: 40 of its bits are random. */
    public static Ipv6Subnet randomUniqueLocal() {
        long random = Long.parseLong(HexId.random(), 20, 30, 16);
        return new Ipv6Subnet(new Ipv6Address(0xfdL << 56 | random << 16, 0), UNIQUE_LOCAL_LENGTH);
    }

    private static Ipv6Address masked(Ipv6Address address, int length) {
        return new Ipv6Address(
                address.high() & mask(Math.min(length, Long.SIZE)),
                address.low() & mask(Math.max(0, length - Long.SIZE)));
    }

    /** The leading bits of 64; a shift by 64 would be one by none. */
    private static long mask(int length) {
        return length == 0 ? 0 : -1L << Long.SIZE - length;
    }

    /** Whether the address lies in this subnet. */
    public boolean contains(Ipv6Address address) {
        return masked(address, prefixLength).equals(base);
    }

    /** Whether every address of {@code other} lies in this subnet. */
    public boolean contains(Ipv6Subnet other) {
        return prefixLength <= other.prefixLength && contains(other.base);
    }

    /** Whether the two share an address; of two prefixes that do, one contains the other. */
    public boolean overlaps(Ipv6Subnet other) {
        return contains(other) || other.contains(this);
    }

    /** The last address. */
    @Override
    public Ipv6Address last() {
        return new Ipv6Address(
                base.high() | ~mask(Math.min(prefixLength, Long.SIZE)),
                base.low() | ~mask(Math.max(0, prefixLength - Long.SIZE)));
    }

    /** The subnet of the same length behind this one, if there is one. */
    public Optional<Ipv6Subnet> next() {
        Ipv6Address last = last();
        return last.high() == -1 && last.low() == -1
                ? Optional.empty()
                : Optional.of(new Ipv6Subnet(last.plus(1), prefixLength));
    }

    /** The first address that an interface may hold: the one after the base, but the base of a /127 and a /128. */
    public Ipv6Address firstHost() {
        return reservesBase() ? base.plus(1) : base;
    }

    /** Whether an interface may hold the address: it is in the subnet, and not the one of all its routers. */
    public boolean isHost(Ipv6Address address) {
        return contains(address) && !(reservesBase() && address.equals(base));
    }

    /** The base stands for all routers of the subnet (RFC 4291, 2.6.1), but between two of them (RFC 6164). */
    private boolean reservesBase() {
        return prefixLength <= MAX_LENGTH - 2;
    }

    @Override
    public int compareTo(Ipv6Subnet other) {
        int order = base.compareTo(other.base);
        return order != 0 ? order : Integer.compare(prefixLength, other.prefixLength);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return base + "/" + prefixLength;
    }
}
