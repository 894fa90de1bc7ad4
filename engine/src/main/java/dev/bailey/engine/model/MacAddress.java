package dev.bailey.engine.model;

import java.util.HexFormat;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the address in the low 48 bits, its first byte highest
 */
public record MacAddress(long bits) {
    private static final int BYTES = 6;
    private static final long MAX_BITS = 0xffff_ffff_ffffL;
    /** 02: locally administered and unicast (IEEE 802); ba: ours. */
    private static final long DERIVED_PREFIX = 0x02baL << 32;
    /** b6: ours, of IPv6. */
    private static final long NEAR_PREFIX = 0x02b6L << 32;

    private static final long FAR_PREFIX = 0x02b7L << 32;
    private static final long LOWER_HALF = 0xffff_ffffL;

    /** Checks the range. */
    public MacAddress {
        if (bits < 0 || bits > MAX_BITS) {
            throw new IllegalArgumentException(Long.toHexString(bits) + " is not a MAC address: it has 48 bits");
        }
    }

    /**
     * Reads six bytes in hexadecimal with colons between them.
     *
     * @param text for example {@code 02:ba:ac:11:00:02}, in either case
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static MacAddress parse(String text) {
        if (!text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw Text.bad(
                    text,
                    "is not a MAC address: write six bytes in hexadecimal with colons between them,"
                            + " like 02:ba:ac:11:00:02");
        }
        return new MacAddress(Long.parseLong(text.replace(":", ""), 16));
    }

    /**
     * The locally administered address that belongs to an IPv4 address: 02:ba and its four bytes. It is as unique on
     * a bridge as the address is in the bridge's subnet, and it is the same again when a sandbox gets its address
     * back, so neighbours' caches stay right.
     */
    public static MacAddress derivedFrom(Ipv4Address address) {
        return new MacAddress(DERIVED_PREFIX | address.value());
    }

    /**
     * The locally administered address that belongs to an IPv6 address where there is no IPv4 address; the same again when a
     * sandbox gets its address back. Where the first 96 bits are those of the range that addresses are given out of, which begins
     * there, it is 02:b6 and the others, as unique as the address; else 02:b7 and the address folded into four bytes.
     */
    public static MacAddress derivedFrom(Ipv6Address address, Ipv6Subnet range) {
        Ipv6Address base = range.base();
        boolean near = address.high() == base.high() && address.low() >>> 32 == base.low() >>> 32;
        long folded = address.high() ^ address.low();
        return near
                ? new MacAddress(NEAR_PREFIX | address.low() & LOWER_HALF)
                : new MacAddress(FAR_PREFIX | (folded >>> 32 ^ folded & LOWER_HALF));
    }

    /** Whether this is like one of those that belong to IPv6 addresses. */
    public boolean isDerivedFromIpv6() {
        long prefix = bits & ~LOWER_HALF;
        return prefix == NEAR_PREFIX || prefix == FAR_PREFIX;
    }

    /** Whether this names a group of stations, which no interface may have as its own address. */
    public boolean isMulticast() {
        return (bits >> 40 & 1) == 1;
    }

    /** The six bytes in the order they are sent. */
    public byte[] toByteArray() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (bits >>> 8 * (BYTES - 1 - i));
        }
        return bytes;
    }

    /** The form that {@link #parse} reads, in lower case. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(toByteArray());
    }
}
