package dev.bailey.engine.firewall;

/**
 * Some bits of the mark that a packet carries through the host, and what they must be.
 *
 * @param value the bits' wanted value; no bit outside the mask
 * @param mask the bits that count; at least one
 */
public record PacketMark(int value, int mask) {
    /** The mark that means "let it pass" where none is configured: one bit, so that it goes along with other marks. */
    public static final PacketMark DEFAULT_ACCEPT = new PacketMark(0x0200_0000, 0x0200_0000);

    private static final String FORM = "write a mark as VALUE or VALUE/MASK, each a 32-bit number like 0x2000000";

    /** Checks that value and mask fit. */
    public PacketMark {
        if (mask == 0 || (value & ~mask) != 0 || value == 0) {
            throw new IllegalArgumentException(hex(value) + "/" + hex(mask)
                    + " is not a packet mark: its value must have a bit, and no bit outside the mask");
        }
    }

    /**
     * Reads {@code VALUE} or {@code VALUE/MASK}, decimal or hexadecimal with 0x.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static PacketMark parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new PacketMark(number(text, text), -1)
                : new PacketMark(number(text, text.substring(0, slash)), number(text, text.substring(slash + 1)));
    }

    private static int number(String text, String part) {
        try {
            return part.startsWith("0x")
                    ? Integer.parseUnsignedInt(part.substring(2), 16)
                    : Integer.parseUnsignedInt(part);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a packet mark: " + FORM, e);
        }
    }

    private static String hex(int number) {
        return "0x" + Integer.toHexString(number);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return mask == -1 ? hex(value) : hex(value) + "/" + hex(mask);
    }
}
