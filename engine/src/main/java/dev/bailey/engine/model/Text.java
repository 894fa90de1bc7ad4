package dev.bailey.engine.model;

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

    static IllegalArgumentException bad(String input, String problem) {
        return new IllegalArgumentException(quote(input) + " " + problem);
    }
}
