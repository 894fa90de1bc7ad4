package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** How input is shown in an error message: in quotes, on one line, cut where it gets long. */
final class Text {
    private static final int MAX_SHOWN_CHARS = 80;

    private Text() {}

    static String quote(String input) {
        StringBuilder shown = new StringBuilder("'");
        input.codePoints().limit(MAX_SHOWN_CHARS).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(input.codePointCount(0, input.length()) > MAX_SHOWN_CHARS ? "…'" : "'")
                .toString();
    }

    /** Whether a text has a code point of some kind. */
    static boolean hasAny(String text, IntPredicate kind) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (kind.test(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The parts between colons; an IPv6 address in brackets at the beginning is one, without them. */
    static List<String> parts(String text) {
        int end = text.indexOf("]:");
        if (!text.startsWith("[") || end < 0) {
            return List.of(text.split(":", -1));
        }
        List<String> parts = new ArrayList<>(List.of(text.substring(1, end)));
        parts.addAll(List.of(text.substring(end + 2).split(":", -1)));
        return parts;
    }

    static IllegalArgumentException bad(String input, String problem) {
        return new IllegalArgumentException(quote(input) + " " + problem);
    }
}
