package dev.bailey.bench;

import dev.bailey.bench.site.Enclosure;
import dev.bailey.bench.site.PeerTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The entry: makes the work folder and the peers' tree, and runs the benchmark in namespaces of its own.
 *
 * <p>{@code BAILEY_BENCH_WORK} names the work folder; the tree is kept there for the next run. Without it everything is in
 * a temporary folder and gone afterwards.
 */
public final class Main {
    private static final String WORK = "BAILEY_BENCH_WORK";

    private Main() {}

    /** Runs the benchmark; exits with 0, with 1 when Bailey could not be measured, with 2 for words not understood. */
    public static void main(String[] words) throws IOException {
        if (List.of(words).contains("--help")) {
            System.out.print(BenchOptions.USAGE);
            return;
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(words);
            options.course();
        } catch (IllegalArgumentException bad) {
            System.err.println("bailey bench: " + bad.getMessage());
            System.exit(2);
            return;
        }
        System.exit(run(options, words));
    }

    private static int run(BenchOptions options, String... words) throws IOException {
        Path launcher =
                Path.of(System.getProperty(EnclosedMain.LAUNCHER, "bailey")).toAbsolutePath();
        String kept = System.getenv(WORK);
        Path work = kept == null || kept.isEmpty()
                ? Files.createTempDirectory("bailey-bench-")
                : Files.createDirectories(Path.of(kept).toAbsolutePath());
        try (Enclosure enclosure = Enclosure.open(work, kept != null && !kept.isEmpty())) {
            PeerTree tree =
                    new PeerTree(work.resolve("sid"), launcher.resolveSibling("bench/src/main/sh/peers-tree.sh"));
            String note = "";
            if (options.wantsTree() && !tree.isComplete()) {
                note = tree.build();
            }
            Optional<Path> usable = tree.isComplete() ? Optional.of(tree.folder()) : Optional.empty();
            return enclosure.run(
                    EnclosedMain.class.getName(),
                    List.of(
                            "-D" + EnclosedMain.LAUNCHER + "=" + launcher,
                            "-D" + EnclosedMain.PLACE + "=" + enclosure.place().folder(),
                            "-D" + EnclosedMain.TREE + "="
                                    + usable.map(Path::toString).orElse(""),
                            "-D" + EnclosedMain.NOTE + "=" + note),
                    List.of(words));
        }
    }
}
