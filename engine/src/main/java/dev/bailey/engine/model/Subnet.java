package dev.bailey.engine.model;

import java.util.Objects;

/**
 * An IPv4 prefix in canonical form: every host bit of its base is zero. Ordered by base, then by prefix length.
 *
 * @param base the first address, also called the network address
 * @param prefixLength the number of leading bits that all its addresses share, 0 to 32
 */
public record Subnet(Ipv4Address base, int prefixLength) implements IpSubnet, Comparable<Subnet> {
    /** Checks the form. */
    public Subnet {
        Objects.requireNonNull(base, "base");
        Prefixes.checkLength(prefixLength);
        int canonical = base.bits() & Prefixes.mask(prefixLength);
        if (canonical != base.bits()) {
            throw new IllegalArgumentException(base + "/" + prefixLength + " is not a subnet: the address bits after /"
                    + prefixLength + " must be zero, as in " + new Ipv4Address(canonical) + "/" + prefixLength);
        }
    }

    /**
     * Reads {@code base/length}.
     *
     * @param text a canonical prefix like {@code 172.17.0.0/16}
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Subnet parse(String text) {
        InterfaceAddress parsed = Prefixes.parse(text, "a subnet", "172.17.0.0/16");
        return new Subnet(parsed.address(), parsed.prefixLength());
    }

    /** The prefix of this length that contains the address. */
    public static Subnet containing(Ipv4Address address, int prefixLength) {
        Prefixes.checkLength(prefixLength);
        return new Subnet(new Ipv4Address(address.bits() & Prefixes.mask(prefixLength)), prefixLength);
    }

    /** Whether the address lies in this subnet. */
    public boolean contains(Ipv4Address address) {
        return (address.bits() & Prefixes.mask(prefixLength)) == base.bits();
    }

    /** Whether every address of {@code other} lies in this subnet. */
    public boolean contains(Subnet other) {
        return prefixLength <= other.prefixLength && contains(other.base);
    }

    /** Whether the two share an address; of two prefixes that do, one contains the other. */
    public boolean overlaps(Subnet other) {
        return contains(other) || other.contains(this);
    }

    /** The number of its addresses, network and broadcast address included: 1 to 4294967296. */
    public long size() {
        return 1L << Prefixes.MAX_LENGTH - prefixLength;
    }

    /** The netmask, for example 255.255.0.0. */
    public Ipv4Address mask() {
        return new Ipv4Address(Prefixes.mask(prefixLength));
    }

    /** The last address, to which broadcasts go; in a /31 and a /32 it is an ordinary address (RFC 3021). */
    public Ipv4Address broadcast() {
        return new Ipv4Address(base.bits() | ~Prefixes.mask(prefixLength));
    }

    @Override
    public Ipv4Address last() {
        return broadcast();
    }

    /** The first address that an interface may hold: the one after the base, but the base of a /31 and a /32. */
    public Ipv4Address firstHost() {
        return reservesEnds() ? base.plus(1) : base;
    }

    /** The last address that an interface may hold: the one before the broadcast address, save in a /31 and a /32. */
    public Ipv4Address lastHost() {
        return reservesEnds() ? broadcast().plus(-1) : broadcast();
    }

    /** Whether an interface may hold the address: it is in the subnet, and neither network nor broadcast address. */
    public boolean isHost(Ipv4Address address) {
        return contains(address) && !(reservesEnds() && (address.equals(base) || address.equals(broadcast())));
    }

    /**
     * Whether a link may hold the address and others may send to it: any of the subnet but the broadcast address. The base
     * is among them, which Linux takes for an ordinary address since 5.14 and which no endpoint gets.
     */
    public boolean isUnicast(Ipv4Address address) {
        return contains(address) && !(reservesEnds() && address.equals(broadcast()));
    }

    private boolean reservesEnds() {
        return prefixLength <= Prefixes.MAX_LENGTH - 2;
    }

    @Override
    public int compareTo(Subnet other) {
        int order = base.compareTo(other.base);
        return order != 0 ? order : Integer.compare(prefixLength, other.prefixLength);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return base + "/" + prefixLength;
    }
}
