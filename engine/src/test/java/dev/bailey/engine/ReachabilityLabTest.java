package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Reachability.Cell;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Lab;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who reaches whom, in every gateway mode and with either backend: one packet and its answer for each cell of the tables in
 * docs/reachability.md, which {@code -Dreachability.update=true} writes anew.
 */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
class ReachabilityLabTest {
    private static final Path DOCUMENT = Path.of("../docs/reachability.md");
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final int PROBES_AT_ONCE = 48;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(FirewallBackend.class)
    void everyCell_isAsDocumented(FirewallBackend backend, Lab lab) throws Exception {
        try (ReachabilityWorld world = new ReachabilityWorld(lab, folder, backend)) {
            Map<Cell, String> found = probe(world, Reachability.cells());
            if (Boolean.getBoolean("reachability.update") && backend == FirewallBackend.NFTABLES) {
                Files.writeString(DOCUMENT, Reachability.document(found));
            }
            askAgain(world, found);
            String text = Reachability.document(found);
            System.out.println(backend + "\n" + text);
            assertThat(text)
                    .as("docs/reachability.md and what packets say with %s", backend)
                    .isEqualTo(Files.readString(DOCUMENT));
            assertPolicyMakesNoDifference(world, found);
        }
    }

    /** Docker, ufw and operators set it. */
    private static void assertPolicyMakesNoDifference(ReachabilityWorld world, Map<Cell, String> before)
            throws Exception {
        world.dropForwarded();
        Map<Cell, String> now = probe(
                world, Reachability.cells().stream().filter(Cell::isForwarded).toList());
        askAgain(world, now);
        assertThat(before).as("with FORWARD policy DROP").containsAllEntriesOf(now);
    }

    private static Map<Cell, String> probe(ReachabilityWorld world, List<Cell> cells) throws Exception {
        Map<Cell, String> found = new LinkedHashMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(PROBES_AT_ONCE)) {
            List<Callable<String>> probes = new ArrayList<>();
            cells.forEach(cell -> probes.add(() -> world.probe(cell, SHORT)));
            List<Future<String>> answers = pool.invokeAll(probes);
            for (int i = 0; i < cells.size(); i++) {
                found.put(cells.get(i), answers.get(i).get());
            }
        }
        return found;
    }

    /** An answer that was late is no finding: what should be reached and was not is asked once more, with more time. */
    private static void askAgain(ReachabilityWorld world, Map<Cell, String> found) throws IOException {
        Map<Cell, String> documented = Reachability.read(Files.readString(DOCUMENT));
        found.replaceAll((cell, is) ->
                is.equals(Reachability.NO) && !is.equals(documented.get(cell)) ? world.probe(cell, LONG) : is);
    }
}
