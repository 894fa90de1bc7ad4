package dev.bailey.netlink.route;

import java.util.HexFormat;

/**
 * A link's hardware address; six bytes for Ethernet.
 *
 * @param text the bytes in lower-case hexadecimal with colons between them
 */
public record HardwareAddress(String text) {
    private static final HexFormat FORM = HexFormat.ofDelimiter(":");

    /**
     * Reads and normalises the text.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    public HardwareAddress {
        text = FORM.formatHex(FORM.parseHex(text));
    }

    /** Returns the address of these bytes. */
    public static HardwareAddress of(byte[] bytes) {
        return new HardwareAddress(FORM.formatHex(bytes));
    }

    /** Returns the bytes, in the order they are sent. */
    public byte[] bytes() {
        return FORM.parseHex(text);
    }

    /** Returns the text. */
    @Override
    public String toString() {
        return text;
    }
}
