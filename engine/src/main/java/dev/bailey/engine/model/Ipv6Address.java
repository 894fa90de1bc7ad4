package dev.bailey.engine.model;

import java.nio.ByteBuffer;
import java.util.StringJoiner;

/**
 * An IPv6 address without a zone. Ordered as a number from :: on.
 *
 * @param high its first 64 bits, the first group highest
 * @param low its last 64 bits
 */
public record Ipv6Address(long high, long low) implements IpAddress, Comparable<Ipv6Address> {
    /** ::, which stands for every address of a host. */
    public static final Ipv6Address ANY = new Ipv6Address(0, 0);

    static final int BITS = 128;

    private static final Ipv6Address LOOPBACK = new Ipv6Address(0, 1);
    /** What the second half of an address of IPv4 that is written as one of IPv6 begins with (RFC 4291, 2.5.5.2). */
    private static final int MAPPED = 0xffff;

    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final int BYTES = 16;
    /**
     * Reads any of the forms of RFC 4291, 2.2: groups of hexadecimal digits, one {@code ::} for groups of zeros, and four
     * numbers with dots in the place of the last two groups.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Ipv6Address parse(String text) {
        return Ipv6Text.parse(text);
    }

    /** The address of these eight groups of 16 bits. */
    static Ipv6Address ofGroups(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS; i++) {
            high = high << GROUP_BITS | low >>> Long.SIZE - GROUP_BITS;
            low = low << GROUP_BITS | groups[i];
        }
        return new Ipv6Address(high, low);
    }

    /** The group of 16 bits at this place, 0 to 7. */
    private int group(int place) {
        long half = place < GROUPS / 2 ? high : low;
        return (int) (half >>> GROUP_BITS * (GROUPS / 2 - 1 - place % (GROUPS / 2))) & 0xffff;
    }

    /**
     * The address of these bytes.
     *
     * @param bytes sixteen of them, in network order
     */
    public static Ipv6Address of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes are not an IPv6 address: it has 16");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Ipv6Address(in.getLong(), in.getLong());
    }

    /** The address {@code distance} further on (or back, when negative); leaving the range of IPv6 is an error. */
    public Ipv6Address plus(long distance) {
        long sum = low + distance;
        boolean wrapped = distance >= 0 ? Long.compareUnsigned(sum, low) < 0 : Long.compareUnsigned(sum, low) > 0;
        if (!wrapped) {
            return new Ipv6Address(high, sum);
        }
        if (high == (distance >= 0 ? -1 : 0)) {
            throw new IllegalArgumentException("there is no IPv6 address " + distance + " from " + this);
        }
        return new Ipv6Address(distance >= 0 ? high + 1 : high - 1, sum);
    }

    /** Whether this is ::1, which never leaves a host. */
    @Override
    public boolean isLoopback() {
        return equals(LOOPBACK);
    }

    /** Whether this is one of ff00::/8, which no interface may hold. */
    @Override
    public boolean isMulticast() {
        return high >>> 56 == 0xff;
    }

    /** Whether this is one of fe80::/10, which never leaves a link. */
    public boolean isLinkLocal() {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    /** Whether this is an address of IPv4, ::ffff:0.0.0.0/96, which no interface may hold. */
    public boolean isMappedIpv4() {
        return high == 0 && low >>> Integer.SIZE == MAPPED;
    }

    /** The sixteen bytes in network order. */
    @Override
    public byte[] toByteArray() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(Ipv6Address other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** The form of RFC 5952: in lower case, without leading zeros, {@code ::} for the first longest run of zero groups. */
    @Override
    public String toString() {
        if (isMappedIpv4()) {
            return "::ffff:" + new Ipv4Address((int) low);
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        return length < 2 ? groups(0, GROUPS) : groups(0, start) + "::" + groups(start + length, GROUPS);
    }

    private int zerosFrom(int place) {
        int end = place;
        while (end < GROUPS && group(end) == 0) {
            end++;
        }
        return end - place;
    }

    private String groups(int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
