package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.store.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories; {@code TEST_SEED} in the environment repeats one. */
class EngineSimulationTest {
    private static final int HISTORIES = 40;
    private static final int OPERATIONS = 30;

    @TempDir
    Path folder;

    @Test
    void anyHistory_modelAndKernelAgreeAfterEveryStep() throws IOException {
        String given = System.getenv("TEST_SEED");
        long first = given == null ? RandomGenerator.getDefault().nextLong(Integer.MAX_VALUE) : Long.parseLong(given);
        int crashes = 0;
        int refusals = 0;
        int moves = 0;
        int switches = 0;
        for (long seed = first; seed < first + (given == null ? HISTORIES : 1); seed++) {
            Path dataRoot = Files.createTempDirectory(folder, "data");
            EngineSimulation simulation = new EngineSimulation(seed, () -> StateStore.open(dataRoot));
            try {
                simulation.run(OPERATIONS);
            } catch (Throwable failure) {
                throw new AssertionError("TEST_SEED=" + seed, failure);
            }
            crashes += simulation.crashes;
            refusals += simulation.refusals;
            moves += simulation.moves;
            switches += simulation.switches;
        }

        assertThat(moves)
                .as("histories without a move of the rules show nothing")
                .isPositive();
        assertThat(crashes).as("histories without a crash show nothing").isPositive();
        assertThat(switches).as("histories without other options show nothing").isPositive();
        assertThat(refusals).as("histories without a refusal show nothing").isPositive();
    }
}
