package dev.bailey.netlink.nftables;

import java.nio.charset.StandardCharsets;

/** Checks of arguments that several records share. */
final class Check {
    /** Longest name of a table, chain or set in bytes, without its NUL ({@code NFT_NAME_MAXLEN}). */
    static final int MAX_NAME_BYTES = 255;

    /** Longest comment in bytes that the kernel keeps of a rule, without its NUL; nft takes half as many. */
    static final int MAX_COMMENT_BYTES = 253;

    private Check() {}

    static int range(String what, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(what + " " + value + ": must be " + from + " to " + to);
        }
        return value;
    }

    static String name(String what, String name) {
        return text(what, name, 1, MAX_NAME_BYTES);
    }

    static boolean isComment(String text) {
        return text.indexOf(0) < 0 && text.getBytes(StandardCharsets.UTF_8).length <= MAX_COMMENT_BYTES;
    }

    static String comment(String comment) {
        return text("comment", comment, 0, MAX_COMMENT_BYTES);
    }

    private static String text(String what, String text, int minBytes, int maxBytes) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length < minBytes || length > maxBytes || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    what + " \"" + text + "\": must be " + minBytes + " to " + maxBytes + " bytes without NUL");
        }
        return text;
    }

    /**
     * Requires a condition. What is wrong is put into words when it is: there are checks of each part of each rule.
     *
     * @param otherwise says what is wrong, with a {@code %s} for each value
     */
    static void that(boolean condition, String otherwise, Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise.formatted(values));
        }
    }
}
