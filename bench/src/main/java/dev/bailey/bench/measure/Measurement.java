package dev.bailey.bench.measure;

import java.util.Objects;

/**
 * The key of a series of samples.
 *
 * @param contender who was measured
 * @param quantity what was measured
 * @param population how many endpoints were there meanwhile
 */
public record Measurement(String contender, Quantity quantity, int population) {
    /** Checks that nothing is missing. */
    public Measurement {
        Objects.requireNonNull(contender, "contender");
        Objects.requireNonNull(quantity, "quantity");
        if (population < 0) {
            throw new IllegalArgumentException("population " + population + " is below 0");
        }
    }
}
