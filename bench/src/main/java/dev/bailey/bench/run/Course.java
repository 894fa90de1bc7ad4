package dev.bailey.bench.run;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured in a run.
 *
 * @param populations how many endpoints are there, one stage each, rising
 * @param rounds how many rounds a stage has; a peer gives one sample in each
 * @param samplesPerRound how many samples Bailey and the floor give in each, taking turns
 * @param warmUps how many of these are not counted before the first stage
 * @param windows how often attaches and detaches are counted by several clients at once
 * @param windowLength for how long each time
 * @param starts how often each daemon is started with nothing to recover, and Bailey's with everything
 * @param fillLimit how long a contender may take to fill a stage before it is left out
 */
public record Course(
        List<Integer> populations,
        int rounds,
        int samplesPerRound,
        int warmUps,
        int windows,
        Duration windowLength,
        int starts,
        Duration fillLimit) {
    /** How many networks are there while others are made and removed, stage by stage, rising. */
    public static final List<Integer> NETWORK_POPULATIONS = List.of(1, 200);

    /** How many containers with ports are there while others get some, stage by stage, rising. */
    public static final List<Integer> PUBLISHER_POPULATIONS = List.of(0, 60, 469);

    private static final int WINDOW_POPULATION = 100;

    /** Checks the populations. */
    public Course {
        populations = List.copyOf(populations);
        if (populations.isEmpty() || populations.getFirst() < 1) {
            throw new IllegalArgumentException("populations " + populations + ": give at least one, above 0");
        }
        for (int stage = 1; stage < populations.size(); stage++) {
            if (populations.get(stage) <= populations.get(stage - 1)) {
                throw new IllegalArgumentException(
                        "populations " + populations + ": each must be above the one before");
            }
        }
    }

    /** Returns the course whose figures are told. */
    public static Course full(List<Integer> populations) {
        return new Course(populations, 30, 10, 300, 3, Duration.ofSeconds(5), 10, Duration.ofMinutes(4));
    }

    /** Returns a course of a few minutes, for a first look. */
    public static Course quick(List<Integer> populations) {
        return new Course(populations, 6, 10, 100, 1, Duration.ofSeconds(2), 4, Duration.ofMinutes(1));
    }

    /** Returns how many endpoints are there while several clients attach and detach at once. */
    public int windowPopulation() {
        return populations.contains(WINDOW_POPULATION) ? WINDOW_POPULATION : populations.getLast();
    }

    /** Returns the same course with another number of rounds. */
    public Course withRounds(int count) {
        return new Course(populations, count, samplesPerRound, warmUps, windows, windowLength, starts, fillLimit);
    }
}
