package dev.bailey.netlink.nftables;

/**
 * A block of addresses that share their first bits, such as {@code 10.0.0.0/8}.
 *
 * @param address the block's first address, 4 or 16 bytes
 * @param length the number of shared bits
 */
public record Prefix(Value address, int length) {
    /** Checks that every bit behind the prefix is zero. */
    public Prefix {
        Check.that(address.length() == 4 || address.length() == 16, "not an address: %s", address);
        Check.range("prefix length", length, 0, address.length() * 8);
        if (!address.equals(and(address, mask(length, address.length())))) {
            throw new IllegalArgumentException(
                    "prefix " + ValueText.address(address) + "/" + length + ": bits behind the prefix must be zero");
        }
    }

    /**
     * The prefix in its usual writing; an address alone is a block of one.
     *
     * @throws IllegalArgumentException if the text is no prefix
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return of(Value.address(text));
        }
        try {
            return new Prefix(Value.address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("prefix \"" + text + "\": must be address/length", e);
        }
    }

    /** The block of one address. */
    public static Prefix of(Value address) {
        return new Prefix(address, address.length() * 8);
    }

    /** Whether it is a block of IPv4 addresses. */
    public boolean isIpv4() {
        return address.length() == 4;
    }

    /** The mask: one bits as long as the prefix, then zeros. */
    public Value mask() {
        return mask(length, address.length());
    }

    /** The block's last address. */
    public Value last() {
        return address.or(mask().not());
    }

    static Value mask(int ones, int bytes) {
        byte[] mask = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int bits = Math.clamp(ones - i * 8L, 0, 8);
            mask[i] = (byte) (0xff00 >> bits);
        }
        return Value.of(mask);
    }

    private static Value and(Value a, Value b) {
        return a.not().or(b.not()).not();
    }

    /** The prefix as it is usually written. */
    @Override
    public String toString() {
        return ValueText.address(address) + "/" + length;
    }
}
