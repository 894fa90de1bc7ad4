package dev.bailey.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.bench.measure.Measurement;
import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.measure.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Environment ENVIRONMENT =
            new Environment(Instant.parse("2026-02-03T04:05:06Z"), "6.1", 2, "25", "0.1, 0.2, 0.3");

    private final Results results = new Results();

    @BeforeEach
    void measure() {
        add("bare netlink loop", Quantity.ATTACH, 1, 0.5);
        add("Bailey", Quantity.ATTACH, 1, 1.0);
        add("Bailey", Quantity.DETACH, 1, 2.5);
        add("Bailey", Quantity.PAIRS, 7, 500);
        add("Bailey", Quantity.READY, 0, 900);
        add("Docker 1.2.3", Quantity.ATTACH, 1, 50);
    }

    private void add(String contender, Quantity quantity, int population, double sample) {
        results.add(new Measurement(contender, quantity, population), sample);
    }

    private String render() {
        List<String> contenders = List.of("bare netlink loop", "Bailey", "Docker 1.2.3");
        // Columns are as wide as their widest cell, which is not what these tests are about.
        return new Report(results, contenders, List.of(1, 7), 7, ENVIRONMENT)
                .render()
                .replaceAll(" +", " ");
    }

    @Test
    void render_targets_saysMetAndMissed() {
        assertThat(render())
                .contains("| ratio of the medians | 1 | 2.00 | at most 2 | met |")
                .contains("| detach, ms | 1 | 2.50 n=1 | at most 2 ms | missed |")
                .contains("| attach+detach pairs, 1/s | 7 | 500 n=1 | at least 400 1/s | met |")
                .contains("| daemon ready, ms | 0 | 900 n=1 | at most 1000 ms | met |");
    }

    @Test
    void render_notMeasured_isNeitherMetNorMissed() {
        assertThat(render())
                .contains("| ratio of the medians | 7 | - | at most 2 | - |")
                .contains("| daemon ready, ms | 7 | - | at most 1000 ms | - |")
                .contains("| ps, ms | 0 | - | at most 150 ms | - |");
    }

    @Test
    void render_looks_haveTheirTargetAtTheLastPopulation() {
        add("Bailey", Quantity.NAT, 7, 300);
        add("Bailey", Quantity.BRIDGES, 7, 200);

        assertThat(render())
                .contains("| nat, ms | 7 | 300 n=1 | at most 250 ms | missed |")
                .contains("| bridges, ms | 7 | 200 n=1 | at most 250 ms | met |")
                .contains("| tables, ms | 7 | - | at most 250 ms | - |");
    }

    @Test
    void render_ports_saysWhatTheyAdd() {
        assertThat(render()).doesNotContain("32 ports");
        add("Bailey", Quantity.ATTACH_WITHOUT_PORTS, 1920, 1.5);
        add("Bailey", Quantity.ATTACH_WITH_PORTS, 1920, 2.75);
        add("Bailey", Quantity.ATTACH_WITH_RANGE, 1920, 4);
        add("Docker 1.2.3", Quantity.ATTACH_WITH_PORTS, 1920, 5000);

        assertThat(render())
                .contains(
                        "| attach with 32 ports, ms | 1920 ports | 1.25 more | at most 1 ms more than without | missed |")
                .contains("| attach with a range of 10000, ms | 1920 ports | 2.50 more | at most 5 ms more than without"
                        + " | met |")
                .contains("| attach with 32 ports, ms | 1920 | - | 2.75 n=1 | 5000 n=1 |");
    }

    @Test
    void render_contenders_areSideBySide() {
        assertThat(render())
                .contains("| | there | bare netlink loop | Bailey | Docker 1.2.3 |")
                .contains("| attach, ms | 1 | 0.500 n=1 | 1.00 n=1 | 50.0 n=1 |")
                .contains("| detach, ms | 1 | - | 2.50 n=1 | - |");
    }

    @Test
    void render_environmentAndNotes_areAroundTheTables() {
        results.note("Something to know.");

        assertThat(render())
                .startsWith(
                        "2026-02-03 04:05 UTC; kernel 6.1, 2 processors, JDK 25; load average at the start 0.1, 0.2, 0.3.")
                .endsWith("\n- Something to know.\n");
    }

    @Test
    void write_file_hasALineForEachSeries(@TempDir Path folder) throws IOException {
        Path file = ResultFile.write(folder.resolve("results"), results, ENVIRONMENT);

        assertThat(file).hasFileName("20260203T040506Z.jsonl");
        assertThat(Files.readAllLines(file))
                .hasSize(6)
                .contains("{\"time\":\"2026-02-03T04:05:06Z\",\"contender\":\"Docker 1.2.3\",\"quantity\":\"attach\","
                        + "\"unit\":\"ms\",\"endpoints\":1,\"median\":50.0,\"p10\":50.0,\"p90\":50.0,\"samples\":1}");
    }
}
