package dev.bailey.daemon.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Text as a shell reads it, as far as files of settings need that: quotes and backslashes, and nothing that would have to be
 * run. Every error is an {@link IllegalArgumentException} that says what is wrong.
 */
final class ShellText {
    private final String text;
    private int at;

    private ShellText(String text) {
        this.text = text;
    }

    /** The value of an assignment: one word, behind which only a comment may stand. */
    static String value(String text) {
        ShellText reader = new ShellText(text);
        String value = reader.word(true);
        String rest = text.substring(reader.at).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new IllegalArgumentException("the value ends before '" + rest + "': put quotes around all of it");
        }
        return value;
    }

    /** The words of a value. */
    static List<String> words(String text) {
        ShellText reader = new ShellText(text);
        List<String> words = new ArrayList<>();
        reader.skipBlanks();
        while (reader.at < text.length()) {
            words.add(reader.word(false));
            reader.skipBlanks();
        }
        return words;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String word(boolean expands) {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            char c = text.charAt(at++);
            switch (c) {
                case '\'', '"' -> quoted(c, expands, word);
                case '\\' -> word.append(escaped());
                default -> word.append(checked(c, expands));
            }
        }
        return word.toString();
    }

    private void quoted(char quote, boolean expands, StringBuilder word) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            boolean escape = c == '\\' && quote == '"' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
            word.append(escape ? escaped() : checked(c, expands && quote == '"'));
        }
        throw new IllegalArgumentException("a quote " + quote + " is opened and not closed");
    }

    private char escaped() {
        if (at == text.length()) {
            throw new IllegalArgumentException("it ends with a backslash: a value stands in one line");
        }
        return text.charAt(at++);
    }

    private static char checked(char c, boolean expands) {
        if (expands && (c == '$' || c == '`')) {
            throw new IllegalArgumentException("'" + c + "' is not expanded here: write what it stands for");
        }
        return c;
    }
}
