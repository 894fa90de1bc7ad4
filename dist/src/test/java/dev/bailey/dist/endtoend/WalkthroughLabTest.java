package dev.bailey.dist.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.dist.Repository;
import dev.bailey.lab.junit.LabExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration prints what docs/walkthrough.md says, but for what no two runs have alike. */
@Tag("lab")
@Timeout(600)
@ExtendWith(LabExtension.class)
final class WalkthroughLabTest {
    /** What differs from run to run, and what stands for it; in this order. */
    private static final List<Map.Entry<String, String>> MASKS = List.of(
            Map.entry("\\b[0-9a-f]{64}\\b", "ID"),
            Map.entry("\\b8000\\.[0-9a-f]{12}\\b", "BRIDGE-ID"),
            Map.entry("veth[0-9a-f]{11}", "VETH"),
            Map.entry("\\b[0-9a-f]{12}\\b", "ID"),
            Map.entry("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\\b", "MAC"),
            Map.entry("fe80:[0-9a-f:]+", "LINK-LOCAL"),
            Map.entry("(?m)^\\d+: ", "N: "),
            Map.entry("@if\\d+", "@ifN"),
            Map.entry("link-netnsid \\d+", "link-netnsid N"),
            Map.entry("Bailey \\S+ serves", "Bailey VERSION serves"),
            Map.entry("former-\\w+", "former-ID"),
            Map.entry("\\b\\d+(?:\\.\\d+)? ms\\b", "N ms"),
            Map.entry("micros=\\d+", "micros=N"),
            Map.entry("(?:\\d+ seconds?|Less than a second|About a minute|\\d+ minutes?)", "TIME"),
            Map.entry(":\\d{4,5}\\b", ":PORT"),
            Map.entry("\\b\\d+s\\b", "Ns"),
            Map.entry("\\b[\\d.]+[kMG]?B\\b", "SIZE"),
            Map.entry("(?m)^ *\\d+ +\\d+ (?=[A-Z])", "N N "),
            Map.entry("counter packets \\d+ bytes \\d+", "counter packets N bytes N"),
            Map.entry("[ \\t]+", " "),
            // The ports of a bridge are listed by their names, which are random.
            Map.entry("VETH forwarding (?:web|db)\\b", "VETH forwarding CONTAINER"),
            Map.entry("(?m) $", ""));

    private static String masked(String text) {
        String masked = text;
        for (Map.Entry<String, String> mask : MASKS) {
            masked = masked.replaceAll(mask.getKey(), mask.getValue());
        }
        return masked;
    }

    /** The part of the document that the demonstration prints. */
    private static String transcript(String document) {
        return document.substring(document.indexOf("\n## ")).strip();
    }

    @Test
    void demo_run_printsTheWalkthrough(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process demo = new ProcessBuilder(RunningBailey.launcher().toString(), "demo", "--markdown")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(demo.waitFor(8, TimeUnit.MINUTES))
                .as("the demonstration ends")
                .isTrue();
        String printed = Files.readString(output, UTF_8);

        assertThat(demo.exitValue()).as(printed).isZero();
        assertThat(masked(transcript("\n" + printed)))
                .as("docs/walkthrough.md, made anew by: sudo ./bailey demo --markdown")
                .isEqualTo(masked(transcript(Files.readString(Repository.root().resolve("docs/walkthrough.md")))));
    }
}
