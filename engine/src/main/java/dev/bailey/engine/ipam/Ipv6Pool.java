package dev.bailey.engine.ipam;

import dev.bailey.engine.model.Ipv6Subnet;
import java.util.Objects;

/**
 * A range that IPv6 subnets of one size are carved from.
 *
 * @param base the whole range
 * @param size the prefix length of each subnet, from the base's own (at least 8) to 126
 */
public record Ipv6Pool(Ipv6Subnet base, int size) {
    /** The shortest prefix a subnet may have. */
    public static final int MIN_SIZE = 8;
    /** The longest prefix that leaves room for a gateway and an endpoint beside the address of all routers. */
    public static final int MAX_SIZE = 126;
    /** The prefix length of a subnet when none is asked for, as everywhere (RFC 7421). */
    public static final int DEFAULT_SIZE = 64;

    /** Checks that the subnets fit the range. */
    public Ipv6Pool {
        Objects.requireNonNull(base, "base");
        int shortest = Math.max(base.prefixLength(), MIN_SIZE);
        if (size < shortest || size > MAX_SIZE) {
            throw new IllegalArgumentException("size " + size + " does not fit the pool " + base
                    + ": its subnets can have a prefix length from " + shortest + " to " + MAX_SIZE);
        }
    }

    /** Whether this asks for a pool of IPv6, as {@link #parse} reads it. */
    public static boolean isAskedFor(String text) {
        return text.indexOf(':') >= 0;
    }

    /**
     * Reads Docker's notation, as {@link AddressPool#parse} does.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Ipv6Pool parse(String text) {
        AddressPool.Parts parts = AddressPool.parts(text);
        return new Ipv6Pool(Ipv6Subnet.parse(parts.base()), parts.size());
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return "base=" + base + ",size=" + size;
    }
}
