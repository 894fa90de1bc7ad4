package dev.bailey.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random histories; {@code TEST_SEED} in the environment repeats one, {@code ./bailey test simulate} plays more. */
class SimulationTest {
    private static final int HISTORIES = 200;

    @Test
    void play_anyHistory_breaksNoInvariant() {
        String given = System.getenv("TEST_SEED");
        long first = given == null ? RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE) : Long.parseLong(given);
        int histories = given == null ? HISTORIES : 1;
        System.out.println("simulation: TEST_SEED=" + first + " and the " + (histories - 1) + " after it");
        Search search = new Search();
        for (long seed = first; seed < first + histories; seed++) {
            assertThat(search.play(seed)).as("TEST_SEED=" + seed).isEqualTo(Optional.empty());
        }
        Tally tally = search.tally();
        System.out.println("simulation: " + tally);
        if (given == null) {
            assertThat(tally.refusals)
                    .as("refusals: without them it shows nothing")
                    .isPositive();
            assertThat(tally.deaths).as("deaths").isPositive();
            assertThat(tally.powerLosses).as("power losses").isPositive();
            assertThat(tally.starts).as("restarts").isPositive();
        }
    }
}
