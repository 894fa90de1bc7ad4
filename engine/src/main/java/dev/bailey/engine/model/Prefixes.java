package dev.bailey.engine.model;

/** The arithmetic of prefix lengths that subnets and interface addresses share. */
final class Prefixes {
    static final int MAX_LENGTH = 32;

    private Prefixes() {}

    static int mask(int length) {
        return length == 0 ? 0 : -1 << MAX_LENGTH - length;
    }

    static void checkLength(int length) {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "/" + length + " is not an IPv4 prefix length: it goes from /0 to /" + MAX_LENGTH);
        }
    }

    /** Splits {@code address/length}; {@code kind} names in errors what the text should have been. */
    static InterfaceAddress parse(String text, String kind, String example) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw Text.bad(text, "is not " + kind + ": the prefix length is missing, write it like " + example);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]?") || Integer.parseInt(length) > MAX_LENGTH) {
            throw Text.bad(text, "is not " + kind + ": after the slash comes a prefix length from 0 to 32");
        }
        try {
            return new InterfaceAddress(Ipv4Address.parse(text.substring(0, slash)), Integer.parseInt(length));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Text.quote(text) + " is not " + kind + ": " + e.getMessage(), e);
        }
    }
}
