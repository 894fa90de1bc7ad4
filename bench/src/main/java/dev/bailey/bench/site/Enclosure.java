package dev.bailey.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A room that nothing leaks out of: the benchmark runs in mount, process and network namespaces of its own.
 *
 * <p>However it ends, the kernel ends every process in it, and every mount, link and rule goes with the namespaces. What
 * is left are folders: those of the run and of its control groups are removed here.
 */
public final class Enclosure implements AutoCloseable {
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
    private static final int CONTROL_GROUP_DEPTH = 2;

    private final Path work;
    private final boolean keepWork;
    private final Place place;
    private final AtomicReference<@Nullable Process> inside = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Enclosure(Path work, boolean keepWork, Place place) {
        this.work = work;
        this.keepWork = keepWork;
        this.place = place;
    }

    /**
     * Makes a folder for one run.
     *
     * @param keepWork whether {@code work} itself stays afterwards
     */
    public static Enclosure open(Path work, boolean keepWork) throws IOException {
        // Its control groups have this name too: so it is unique among the runs on this machine.
        Path place = work.resolve("bailey-bench-" + ProcessHandle.current().pid());
        Enclosure enclosure = new Enclosure(work, keepWork, new Place(Files.createDirectory(place)));
        Runtime.getRuntime().addShutdownHook(new Thread(enclosure::closeQuietly, "bench-cleanup"));
        return enclosure;
    }

    /** Returns the place of the run. */
    public Place place() {
        return place;
    }

    /**
     * Runs a class of this class path inside and waits for its end.
     *
     * @return its exit status
     */
    public int run(String mainClass, List<String> properties, List<String> arguments) throws IOException {
        // The shell is process 1 there: it reaps what daemons leave behind. What others unmount meanwhile goes here too
        // (slave), or their network namespaces would live on until the end of the run.
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation=slave",
                "--pid",
                "--net",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "/bin/sh",
                "-c",
                "\"$@\"; exit $?",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(properties);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        inside.set(process);
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            throw Interruption.during("waiting for the benchmark", interrupted);
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException failure) {
            System.err.println("bench: something is left behind: " + failure.getMessage());
        }
    }

    /** Ends what still runs inside and removes the folders. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        Process process = inside.get();
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException interrupted) {
                throw Interruption.during("waiting for the benchmark's end", interrupted);
            }
        }
        removeControlGroups();
        Path gone = keepWork ? place.folder() : work;
        Child.run(Path.of("/dev/null"), List.of("rm", "--recursive", "--force", "--one-file-system", gone.toString()));
    }

    private void removeControlGroups() throws IOException {
        List<Path> groups;
        try (Stream<Path> found =
                Files.find(CONTROL_GROUPS, CONTROL_GROUP_DEPTH, (path, kind) -> path.endsWith(place.name()))) {
            groups = found.toList();
        }
        for (Path group : groups) {
            try (Stream<Path> below = Files.walk(group)) {
                for (Path folder : below.filter(Files::isDirectory)
                        .sorted(Comparator.reverseOrder())
                        .toList()) {
                    Files.deleteIfExists(folder);
                }
            }
        }
    }
}
