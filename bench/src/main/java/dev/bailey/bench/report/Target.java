package dev.bailey.bench.report;

import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.run.Course;
import java.util.List;

/**
 * What Bailey is to reach.
 *
 * @param quantity of what
 * @param populations with how many endpoints there; the window's or the last population of the run stand for themselves
 * @param limit the bound of the median, in the quantity's unit
 * @param atMost whether the bound is from above
 */
record Target(Quantity quantity, List<Integer> populations, double limit, boolean atMost) {
    /** The most that an attach may take, as a multiple of the kernel's floor. */
    static final double FLOOR_RATIO = 2;

    /** The most that 32 ports may add to an attach, in milliseconds. */
    static final int PORTS_MORE = 1;

    /** The most that a range of 10,000 ports may add, in milliseconds. */
    static final int RANGE_MORE = 5;

    /** Returns all targets but that ratio, for the populations of a run. */
    static List<Target> of(List<Integer> populations, int windowPopulation) {
        int last = populations.getLast();
        return List.of(
                new Target(Quantity.DETACH, populations, 2, true),
                new Target(Quantity.PAIRS, List.of(windowPopulation), 400, false),
                new Target(Quantity.READY, List.of(0, last), 1000, true),
                new Target(Quantity.RESIDENT, List.of(0), 110, true),
                new Target(Quantity.RESIDENT, List.of(last), 130, true),
                new Target(Quantity.RECOVERED, List.of(last), 130, true),
                new Target(Quantity.NETWORK_CREATE, Course.NETWORK_POPULATIONS, 3, true),
                new Target(Quantity.NETWORK_REMOVE, Course.NETWORK_POPULATIONS, 5, true),
                new Target(Quantity.LIST, List.of(0), 150, true),
                new Target(Quantity.NAT, List.of(last), 250, true),
                new Target(Quantity.BRIDGES, List.of(last), 250, true),
                new Target(Quantity.TABLES, List.of(last), 250, true));
    }

    /** Returns whether a median reaches it. */
    boolean isMetBy(double median) {
        return atMost ? median <= limit : median >= limit;
    }

    /** Returns the bound with its unit. */
    String text() {
        return "%s %.0f %s".formatted(atMost ? "at most" : "at least", limit, quantity.unit());
    }
}
