package dev.bailey.runtime;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which part of a container's output is asked for.
 *
 * @param stdout whether standard output is wanted
 * @param stderr whether standard error is wanted
 * @param follow whether to go on until the container ends
 * @param tail only so many last lines of what is there; all when empty
 * @param since nothing older
 * @param until nothing younger
 */
public record LogQuery(
        boolean stdout,
        boolean stderr,
        boolean follow,
        OptionalInt tail,
        Optional<Instant> since,
        Optional<Instant> until) {
    /** Everything that is there. */
    public static final LogQuery ALL =
            new LogQuery(true, true, false, OptionalInt.empty(), Optional.empty(), Optional.empty());
}
