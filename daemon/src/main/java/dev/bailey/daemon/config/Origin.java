package dev.bailey.daemon.config;

import java.nio.file.Path;

/**
 * Where a value came from.
 *
 * @param place for people: {@code command line}, a file with a line such as {@code /etc/bailey/daemon.json:3}, or
 *     {@code default}
 * @param form how names are written there
 */
public record Origin(String place, Form form) {
    /** The words that the daemon was started with. */
    public static final Origin COMMAND_LINE = new Origin("command line", Form.COMMAND_LINE);
    /** Nobody set it. */
    public static final Origin DEFAULT = new Origin("default", Form.KEYS);

    /** How names are written in a place. */
    enum Form {
        COMMAND_LINE,
        WORDS,
        KEYS
    }

    static Origin words(Path file, int line) {
        return new Origin(file + ":" + line, Form.WORDS);
    }

    static Origin keys(Path file, int line) {
        return new Origin(file + ":" + line, Form.KEYS);
    }

    /** Returns the begin of a complaint about a name of this place. */
    String label(String flag, String key) {
        return switch (form) {
            case COMMAND_LINE -> "--" + flag;
            case WORDS -> place + ": --" + flag;
            case KEYS -> place + ": " + key;
        };
    }

    /** Returns a name with its place, for a sentence. */
    String where(String flag, String key) {
        return switch (form) {
            case COMMAND_LINE -> "--" + flag + " on the command line";
            case WORDS -> "--" + flag + " in " + place;
            case KEYS -> key + " in " + place;
        };
    }
}
