package dev.bailey.engine.model;

/**
 * An IPv4 address. Ordered as a number from 0.0.0.0 to 255.255.255.255.
 *
 * @param bits the address as 32 bits, the first number of the dotted form in the highest byte
 */
public record Ipv4Address(int bits) implements IpAddress, Comparable<Ipv4Address> {
    /** 0.0.0.0, which stands for every address of a host. */
    public static final Ipv4Address ANY = new Ipv4Address(0);

    private static final int PARTS = 4;
    private static final String LOOKS_LIKE =
            "is not an IPv4 address: write four numbers from 0 to 255 with dots" + " between them, like 172.17.0.2";

    /**
     * Reads the dotted form.
     *
     * @param text four decimal numbers, without leading zeros (some programs take those for octal)
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Ipv4Address parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS) {
            throw Text.bad(text, LOOKS_LIKE);
        }
        int bits = 0;
        for (String part : parts) {
            bits = bits << 8 | parsePart(text, part);
        }
        return new Ipv4Address(bits);
    }

    private static int parsePart(String text, String part) {
        if (part.isEmpty() || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Text.bad(text, LOOKS_LIKE);
        }
        if (part.length() > 1 && part.charAt(0) == '0') {
            throw Text.bad(text, "is not an IPv4 address: write its numbers without leading zeros");
        }
        if (part.length() > 3 || Integer.parseInt(part) > 255) {
            throw Text.bad(text, "is not an IPv4 address: each of the four numbers goes from 0 to 255");
        }
        return Integer.parseInt(part);
    }

    /**
     * The address with this number.
     *
     * @param value 0 to 4294967295
     */
    public static Ipv4Address of(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException(value + " is not an IPv4 address: its number goes from 0 to 4294967295");
        }
        return new Ipv4Address((int) value);
    }

    /** The address as a number from 0 to 4294967295. */
    public long value() {
        return Integer.toUnsignedLong(bits);
    }

    /** The address {@code distance} further on (or back, when negative); leaving the IPv4 range is an error. */
    public Ipv4Address plus(long distance) {
        return of(value() + distance);
    }

    /** Whether this is one of 127.0.0.0/8, which never leaves a host (RFC 1122). */
    @Override
    public boolean isLoopback() {
        return bits >>> 24 == 127;
    }

    /** Whether this is one of 224.0.0.0/4, which no interface may hold (RFC 5771). */
    @Override
    public boolean isMulticast() {
        return bits >>> 28 == 0xe;
    }

    /** Whether this is one from 224.0.0.0 on, which no interface may hold, or of 0.0.0.0/8 (RFC 6890). */
    public boolean isMulticastOrReserved() {
        return bits >>> 29 == 7 || bits >>> 24 == 0;
    }

    /** The four bytes in network order. */
    @Override
    public byte[] toByteArray() {
        return new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits};
    }

    @Override
    public int compareTo(Ipv4Address other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    /** The dotted form. */
    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
