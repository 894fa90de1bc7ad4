package dev.bailey.engine.model;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** What ids are drawn from: the system's secure random source, unless a simulation that must repeat has its own. */
public final class IdSource {
    private static final ScopedValue<RandomGenerator> GIVEN = ScopedValue.newInstance();

    private IdSource() {}

    /** Runs something, and has the ids that it draws in the calling thread come from the given source. */
    public static void use(RandomGenerator source, Runnable task) {
        ScopedValue.where(GIVEN, source).run(task);
    }

    static Optional<RandomGenerator> ofThisThread() {
        return GIVEN.isBound() ? Optional.of(GIVEN.get()) : Optional.empty();
    }
}
