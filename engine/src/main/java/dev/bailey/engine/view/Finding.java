package dev.bailey.engine.view;

import java.util.Objects;

/**
 * Something about a host's network that is not as it should be, or soon may not be.
 *
 * @param severity how much it matters
 * @param what what it is, with names
 * @param why what comes of it
 * @param mend what the operator can do
 */
public record Finding(Severity severity, String what, String why, String mend) {
    /** How much something matters. */
    public enum Severity {
        /** Something does not work. */
        ERROR,
        /** Something works, but not as well as it should, or perhaps not for long. */
        WARNING
    }

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(mend, "mend");
    }
}
