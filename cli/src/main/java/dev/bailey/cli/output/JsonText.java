package dev.bailey.cli.output;

/** JSON text laid out for people, whatever fields it has: the daemon may know more than this client does. */
public final class JsonText {
    private static final int INDENT = 4;

    private JsonText() {}

    /** Returns valid JSON with one field a line. Linear in its length. */
    public static String indent(String json) {
        StringBuilder out = new StringBuilder(json.length() * 2);
        int depth = 0;
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            switch (c) {
                case '"' -> {
                    int end = endOfString(json, at);
                    out.append(json, at, end);
                    at = end - 1;
                }
                case '{', '[' -> {
                    int next = skipBlanks(json, at + 1);
                    if (next < json.length() && (json.charAt(next) == '}' || json.charAt(next) == ']')) {
                        out.append(c).append(json.charAt(next));
                        at = next;
                    } else {
                        newLine(out.append(c), ++depth);
                    }
                }
                case '}', ']' -> {
                    newLine(out, --depth);
                    out.append(c);
                }
                case ',' -> newLine(out.append(c), depth);
                case ':' -> out.append(": ");
                case ' ', '\n', '\r', '\t' -> {}
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static void newLine(StringBuilder out, int depth) {
        out.append('\n').repeat(' ', Math.max(depth, 0) * INDENT);
    }

    private static int skipBlanks(String json, int from) {
        int at = from;
        while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfString(String json, int start) {
        int at = start + 1;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, json.length());
    }
}
