package dev.bailey.engine.store;

/** A truth value as a word. */
final class Flag {
    private Flag() {}

    /** Reads {@code true} or {@code false}; anything else is an {@link IllegalArgumentException}. */
    static boolean parse(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false: " + word);
        };
    }
}
