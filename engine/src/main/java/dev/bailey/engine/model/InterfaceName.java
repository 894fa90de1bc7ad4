package dev.bailey.engine.model;

import java.nio.charset.StandardCharsets;

/**
 * The name of a network interface as the kernel takes it ({@code dev_valid_name} in net/core/dev.c): 1 to 15 bytes,
 * not {@code .} or {@code ..}, without slash, colon and white space. Control characters and {@code %}, which the
 * kernel would replace by a number, are refused as well.
 *
 * @param value the name
 */
public record InterfaceName(String value) {
    /** The longest name in bytes: IFNAMSIZ of linux/if.h without the closing NUL. */
    public static final int MAX_BYTES = 15;

    /** Checks the kernel's rules. */
    public InterfaceName {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_BYTES) {
            throw Text.bad(value, "is not an interface name: it has 1 to " + MAX_BYTES + " bytes, not " + length);
        }
        if (value.equals(".") || value.equals("..") || Text.hasAny(value, InterfaceName::isRefused)) {
            throw Text.bad(
                    value,
                    "is not an interface name: it may not be '.' or '..' nor contain '/', ':', '%', white space or"
                            + " control characters");
        }
    }

    private static boolean isRefused(int c) {
        return c == '/'
                || c == ':'
                || c == '%'
                || Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c);
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
