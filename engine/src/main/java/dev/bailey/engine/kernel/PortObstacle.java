package dev.bailey.engine.kernel;

import java.util.Objects;

/**
 * Why a port of the host cannot be published.
 *
 * @param kind what kind of reason it is
 * @param port the first port that cannot be had
 * @param holder who has it, in a few words; empty when nobody does
 */
public record PortObstacle(Kind kind, int port, String holder) {
    /** The kinds of reasons. */
    public enum Kind {
        /** A process of the host has bound it. */
        TAKEN,
        /** The address is none of this host's. */
        NO_SUCH_ADDRESS
    }

    /** Checks that nothing is missing. */
    public PortObstacle {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(holder, "holder");
    }
}
