package dev.bailey.engine.simulation;

import dev.bailey.engine.simulation.Simulation.Failure;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** Looks for a seed whose history breaks an invariant, and for the shortest part of it that still does. */
final class Search {
    private static final int ROUNDS = 30;

    private final Tally tally = new Tally();

    Tally tally() {
        return tally;
    }

    /** Plays one seed; what is returned is short and can be read. */
    Optional<String> play(long seed) {
        long[] rounds = new Random(seed).longs(ROUNDS).toArray();
        return Simulation.play(rounds, tally).map(failure -> report(seed, rounds, failure));
    }

    private static String report(long seed, long[] rounds, Failure found) {
        Failure shortest = found;
        long[] kept = Arrays.copyOf(rounds, Math.min(found.rounds(), rounds.length));
        for (int i = kept.length - 1; i >= 0; i--) {
            long[] fewer = without(kept, i);
            Optional<Failure> still = Simulation.play(fewer, new Tally());
            boolean same = still.filter(failure ->
                            failure.broken().invariant().equals(found.broken().invariant()))
                    .isPresent();
            if (same) {
                shortest = still.get();
                kept = Arrays.copyOf(fewer, Math.min(shortest.rounds(), fewer.length));
                i = Math.min(i, kept.length);
            }
        }
        return text(seed, found, shortest, kept.length);
    }

    private static long[] without(long[] numbers, int index) {
        long[] fewer = new long[numbers.length - 1];
        System.arraycopy(numbers, 0, fewer, 0, index);
        System.arraycopy(numbers, index + 1, fewer, index, fewer.length - index);
        return fewer;
    }

    private static String text(long seed, Failure found, Failure shortest, int rounds) {
        StringBuilder text = new StringBuilder();
        text.append("seed ")
                .append(seed)
                .append(" breaks: ")
                .append(shortest.broken().invariant());
        text.append("\n  ").append(shortest.broken().getMessage());
        text.append("\nin round ")
                .append(found.rounds())
                .append("; ")
                .append(rounds)
                .append(" of its rounds are enough:\n");
        shortest.history().forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("the kernel then:\n").append(shortest.kernel().indent(2));
        Throwable cause = shortest.broken().getCause();
        if (cause != null) {
            text.append("thrown: ").append(cause).append('\n');
            Arrays.stream(cause.getStackTrace())
                    .limit(12)
                    .forEach(frame -> text.append("    at ").append(frame).append('\n'));
        }
        text.append("play it again: ./bailey test simulate --seed ")
                .append(seed)
                .append('\n');
        return text.toString();
    }
}
