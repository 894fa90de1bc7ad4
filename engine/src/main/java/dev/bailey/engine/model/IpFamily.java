package dev.bailey.engine.model;

/** The two families of IP addresses. */
public enum IpFamily {
    /** Addresses of 32 bits. */
    IPV4(Ipv4Address.ANY, new Subnet(Ipv4Address.ANY, 0), Integer.SIZE),
    /** Addresses of 128 bits. */
    IPV6(Ipv6Address.ANY, new Ipv6Subnet(Ipv6Address.ANY, 0), Ipv6Address.BITS);

    private final IpAddress any;
    private final IpSubnet all;
    private final int bits;

    IpFamily(IpAddress any, IpSubnet all, int bits) {
        this.any = any;
        this.all = all;
        this.bits = bits;
    }

    /** The address that stands for every one of a host: 0.0.0.0 or ::. */
    public IpAddress any() {
        return any;
    }

    /** All addresses there are. */
    public IpSubnet all() {
        return all;
    }

    /** The length of its addresses in bits, which is the prefix length of a single one. */
    public int bits() {
        return bits;
    }

    /** The name that people know it by. */
    @Override
    public String toString() {
        return switch (this) {
            case IPV4 -> "IPv4";
            case IPV6 -> "IPv6";
        };
    }
}
