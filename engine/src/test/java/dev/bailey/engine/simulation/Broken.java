package dev.bailey.engine.simulation;

/** An invariant that does not hold: which one, and how. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Broken(String invariant, String how) {
        super(how);
        this.invariant = invariant;
    }

    Broken(String invariant, Throwable cause) {
        super(String.valueOf(cause), cause);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}
