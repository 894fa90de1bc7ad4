package dev.bailey.engine.simulation;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Plays histories from the command line: {@code --seeds N} of them, from {@code --seed S} on. */
public final class Main {
    private static final String USAGE = "test simulate [--seeds N] [--seed S]";

    private Main() {}

    /** Exits with 1 when an invariant is broken, with 2 when it does not understand. */
    public static void main(String[] arguments) {
        System.exit(new Main().run(arguments));
    }

    private long seeds = 1_000;
    private long first = RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE);

    private int run(String[] arguments) {
        try {
            read(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("bailey: " + wrong.getMessage() + ": " + USAGE);
            return 2;
        }
        return search();
    }

    private void read(String[] arguments) {
        boolean one = false;
        boolean many = false;
        for (int i = 0; i < arguments.length; i += 2) {
            String option = arguments[i];
            if (!option.equals("--seeds") && !option.equals("--seed")) {
                throw new IllegalArgumentException("unknown argument " + option);
            }
            if (i + 1 == arguments.length || !arguments[i + 1].matches("[0-9]{1,18}")) {
                throw new IllegalArgumentException(option + " needs a number");
            }
            long number = Long.parseLong(arguments[i + 1]);
            if (option.equals("--seed")) {
                first = number;
                one = true;
            } else {
                seeds = number;
                many = true;
            }
        }
        if (one && !many) {
            seeds = 1;
        }
    }

    private int search() {
        long began = System.nanoTime();
        Search search = new Search();
        System.out.println("seeds " + first + " to " + (first + seeds - 1));
        for (long seed = first; seed < first + seeds; seed++) {
            Optional<String> broken = search.play(seed);
            if (broken.isPresent()) {
                System.out.print(broken.get());
                System.out.println("seed " + (seed - first + 1) + " of " + seeds + "; " + search.tally());
                return 1;
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        System.out.println("no invariant broken in " + seconds + " s: " + search.tally());
        return 0;
    }
}
