package dev.bailey.engine.sequence;

import dev.bailey.lab.Lab;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays sequences from the command line: {@code --seeds N} of them, from {@code --seed S} on. Needs root. */
public final class Main {
    private static final String USAGE = "test sequences [--seeds N] [--seed S]";
    private static final int PER_HOST = 100;

    private Main() {}

    /** Exits with 1 when an invariant is broken, with 2 when it does not understand. */
    public static void main(String[] words) {
        long seeds;
        long first;
        try {
            seeds = number(List.of(words), "--seeds", 100);
            first = number(List.of(words), "--seed", 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bailey: " + wrong.getMessage() + ": " + USAGE);
            System.exit(2);
            return;
        }
        System.exit(play(first, seeds) ? 0 : 1);
    }

    private static long number(List<String> words, String option, long otherwise) {
        for (int i = 0; i < words.size(); i += 2) {
            if (!List.of("--seeds", "--seed").contains(words.get(i)) || i + 1 == words.size()) {
                throw new IllegalArgumentException("cannot read " + String.join(" ", words));
            }
        }
        int at = words.indexOf(option);
        return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
    }

    private static boolean play(long first, long seeds) {
        long began = System.nanoTime();
        for (long from = first; from < first + seeds; from += PER_HOST) {
            try (Lab lab = Lab.create();
                    SequenceHost host = new SequenceHost(lab)) {
                for (long seed = from; seed < Math.min(from + PER_HOST, first + seeds); seed++) {
                    try {
                        new Sequence(host, seed).play();
                    } catch (AssertionError broken) {
                        System.out.println("seed " + seed + "\n" + broken.getMessage());
                        return false;
                    }
                }
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        System.out.println(
                "seeds " + first + " to " + (first + seeds - 1) + ": no invariant broken in " + seconds + " s");
        return true;
    }
}
