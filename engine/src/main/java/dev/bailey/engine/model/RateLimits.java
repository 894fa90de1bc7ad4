package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How fast an endpoint may be.
 *
 * @param in what may come to the sandbox; empty for as much as there is
 * @param out what may leave it; empty for as much as there is
 */
public record RateLimits(Optional<BitRate> in, Optional<BitRate> out) {
    /** No limits. */
    public static final RateLimits NONE = new RateLimits(Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public RateLimits {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
    }
}
