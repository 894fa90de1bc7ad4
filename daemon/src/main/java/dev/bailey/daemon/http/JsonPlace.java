package dev.bailey.daemon.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a JSON text a reader stumbled, as a path such as {@code $.HostConfig.Dns[1]}. The reader itself knows a
 * position only; this looks at the text again, which happens for bad requests alone.
 */
final class JsonPlace {
    private static final Pattern POSITION = Pattern.compile("position: (\\d{1,9})");
    private static final Pattern CONTEXT = Pattern.compile(" ?at position: \\d+, following:.*");

    private JsonPlace() {}

    /**
     * Says in one line what is wrong with a text and where.
     *
     * @param complaint what its reader said
     * @param location where the reader says that it is, {@code at position: 7, …}
     */
    static String explain(byte[] json, String complaint, String location) {
        String line = complaint.replaceAll("\\s+", " ");
        Matcher position = POSITION.matcher(location);
        int end = position.find() ? Integer.parseInt(position.group(1)) : json.length;
        return CONTEXT.matcher(line).replaceFirst("") + " at " + path(json, end);
    }

    /** The path of the value that the first {@code end} bytes end in; the last of them closes nothing. */
    static String path(byte[] json, int end) {
        String text = new String(json, 0, Math.min(end, json.length), StandardCharsets.UTF_8);
        Deque<Level> levels = new ArrayDeque<>();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                int close = closingQuote(text, at);
                levels.stream().findFirst().ifPresent(level -> level.string(text, close));
                at = close;
            } else if (c == '{' || c == '[') {
                levels.push(new Level(c == '['));
            } else if ((c == '}' || c == ']') && at < text.length() - 1 && !levels.isEmpty()) {
                levels.pop();
            } else {
                levels.stream().findFirst().ifPresent(level -> level.separator(c));
            }
        }
        StringBuilder path = new StringBuilder("$");
        for (Iterator<Level> outside = levels.descendingIterator(); outside.hasNext(); ) {
            path.append(outside.next());
        }
        return path.toString();
    }

    private static int closingQuote(String text, int open) {
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }

    /** An object or a list that is open, and how far in it the text is. */
    private static final class Level {
        private final boolean list;
        private int index;
        private String key = "";
        private boolean inKey = true;

        Level(boolean list) {
            this.list = list;
        }

        void string(String text, int close) {
            if (!list && inKey) {
                key = text.substring(text.lastIndexOf('"', close - 1) + 1, close);
            }
        }

        void separator(char c) {
            if (c == ',') {
                index++;
                inKey = true;
                key = "";
            } else if (c == ':') {
                inKey = false;
            }
        }

        @Override
        public String toString() {
            if (list) {
                return "[" + index + "]";
            }
            return key.isEmpty() ? "" : "." + key;
        }
    }
}
