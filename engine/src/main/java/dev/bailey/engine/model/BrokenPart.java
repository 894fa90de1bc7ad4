package dev.bailey.engine.model;

import java.util.Objects;

/**
 * A part of a host that others break and the engine mends.
 *
 * @param kind what it is
 * @param name which one; the same part has the same name every time
 */
public record BrokenPart(Kind kind, String name) {
    /** What can break. */
    public enum Kind {
        /** A bridge or a host end, by its link's name. */
        LINK("link"),
        /** A setting of the kernel, by its dotted name. */
        SETTING("setting"),
        /** The engine's rules, by their backend. */
        RULES("rules"),
        /** The place of the engine's rules behind those of others, by their backend. */
        ORDER("order");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Its name in events and logs. */
        public String word() {
            return word;
        }
    }

    /** Checks that nothing is missing. */
    public BrokenPart {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** Kind and name. */
    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
