package dev.bailey.engine.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** All that is left to chance in a history: the same seed makes the same choices. */
final class Chance implements RandomGenerator {
    private Random random = new Random(0);

    /** Goes on as one that was made with this seed. */
    void reseed(long seed) {
        random = new Random(seed);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt() {
        return random.nextInt();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T of(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One of these, whatever order they come in. */
    <T> Optional<T> any(Collection<T> from) {
        if (from.isEmpty()) {
            return Optional.empty();
        }
        List<T> sorted = new ArrayList<>(from);
        sorted.sort(Comparator.comparing(Object::toString));
        return Optional.of(of(sorted));
    }
}
