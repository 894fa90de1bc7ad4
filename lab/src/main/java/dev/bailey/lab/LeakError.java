package dev.bailey.lab;

import java.util.List;

/** The failure of a test that left something behind: one line for each thing that was not there before. */
public final class LeakError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient List<String> leaks;

    LeakError(List<String> leaks) {
        super("left behind:\n  " + String.join("\n  ", leaks));
        this.leaks = List.copyOf(leaks);
    }

    /** What was left behind, one line each. */
    public List<String> leaks() {
        return leaks;
    }
}
