package dev.bailey.engine.ipam;

import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A range that subnets of one size are carved from.
 *
 * @param base the whole range
 * @param size the prefix length of each subnet, from the base's own (at least 8) to 30
 */
public record AddressPool(Subnet base, int size) {
    /** The shortest prefix a subnet may have. */
    public static final int MIN_SIZE = 8;
    /** The longest prefix that leaves room for a gateway and an endpoint beside network and broadcast address. */
    public static final int MAX_SIZE = 30;

    /** The pools that Docker has when none are configured, in its order: 31 subnets in all. */
    public static final List<AddressPool> DEFAULTS = List.of(
            of("172.17.0.0/16", 16),
            of("172.18.0.0/16", 16),
            of("172.19.0.0/16", 16),
            of("172.20.0.0/14", 16),
            of("172.24.0.0/14", 16),
            of("172.28.0.0/14", 16),
            of("192.168.0.0/16", 20));

    /**
     * The pools of user-defined networks when none are configured: what is left of the same ranges without the default
     * network's, in blocks of as many addresses as a Linux bridge has ports (BR_MAX_PORTS, 1024): 960 networks instead
     * of 30.
     */
    public static final List<AddressPool> USER_DEFAULTS = List.of(
            of("172.18.0.0/15", 22), of("172.20.0.0/14", 22), of("172.24.0.0/13", 22), of("192.168.0.0/16", 22));

    private static final String FORM = "write a pool as base=172.80.0.0/16,size=24";

    /** Checks that the subnets fit the range. */
    public AddressPool {
        Objects.requireNonNull(base, "base");
        int shortest = Math.max(base.prefixLength(), MIN_SIZE);
        if (size < shortest || size > MAX_SIZE) {
            throw new IllegalArgumentException("size " + size + " does not fit the pool " + base
                    + ": its subnets can have a prefix length from " + shortest + " to " + MAX_SIZE);
        }
    }

    /**
     * Reads Docker's notation.
     *
     * @param text {@code base=PREFIX,size=LENGTH}, in either order
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static AddressPool parse(String text) {
        Parts parts = parts(text);
        return of(parts.base(), parts.size());
    }

    /** A pool in words: its range, which may be of either family, and the length of its subnets' prefixes. */
    record Parts(String base, int size) {}

    static Parts parts(String text) {
        List<String> base = new ArrayList<>();
        List<String> size = new ArrayList<>();
        for (String field : text.split(",", -1)) {
            if (field.startsWith("base=")) {
                base.add(field.substring("base=".length()));
            } else if (field.startsWith("size=")) {
                size.add(field.substring("size=".length()));
            } else {
                throw new IllegalArgumentException("'" + text + "' has an unknown part '" + field + "': " + FORM);
            }
        }
        if (base.size() != 1 || size.size() != 1) {
            throw new IllegalArgumentException("'" + text + "' needs one base and one size: " + FORM);
        }
        if (!size.getFirst().matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' has no prefix length as its size: " + FORM);
        }
        return new Parts(base.getFirst(), Integer.parseInt(size.getFirst()));
    }

    private static AddressPool of(String base, int size) {
        return new AddressPool(Subnet.parse(base), size);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return "base=" + base + ",size=" + size;
    }
}
