package dev.bailey.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Starts a daemon in the background where none answers: in a session of its own, its output in
 * {@code daemon.log} of its run-time folder.
 *
 * <p>Not at an address that somebody named, unless the daemon's options were named as well: who means a certain daemon would
 * get one with the folders, and in the network namespace, of another.
 *
 * <p>Clients that start at once take turns by a lock on {@code start.lock} beside it.
 */
public final class DaemonStarter {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final String DEFAULT_EXEC_ROOT = "/run/bailey";

    private final DaemonClient daemon;
    private final String launcher;
    private final List<String> options;
    private final boolean root;

    /**
     * Creates a starter; nothing is started yet.
     *
     * @param launcher path of {@code bailey}; empty when the client was not started by it
     * @param environment where {@code BAILEY_DAEMON_OPTS} is looked up: words between blanks, passed to the daemon
     */
    public DaemonStarter(DaemonClient daemon, String launcher, Map<String, String> environment) throws IOException {
        this(daemon, launcher, environment, isRoot());
    }

    DaemonStarter(DaemonClient daemon, String launcher, Map<String, String> environment, boolean root) {
        this.root = root;
        this.daemon = daemon;
        this.launcher = launcher;
        String words = environment.getOrDefault("BAILEY_DAEMON_OPTS", "").strip();
        this.options = words.isEmpty() ? List.of() : List.of(words.split("\\s+"));
    }

    /**
     * Returns when a daemon answers, after at most 30 seconds.
     *
     * @throws Failure if none runs and none can be started
     */
    public void ensureRunning() throws IOException {
        try {
            daemon.knock();
        } catch (DaemonUnreachableException e) {
            if (!e.absent()) {
                throw e;
            }
            start();
        }
    }

    private void start() throws IOException {
        if (!daemon.socket().equals(DaemonAddress.DEFAULT) && options.isEmpty()) {
            throw new Failure(
                    1,
                    "no daemon answers at " + daemon.socket() + "; start it: sudo bailey daemon -H unix://"
                            + daemon.socket());
        }
        if (!root) {
            throw new Failure(1, "no daemon answers at " + daemon.socket() + ", and starting one needs root: use sudo");
        }
        if (launcher.isEmpty()) {
            throw new Failure(1, "no daemon answers at " + daemon.socket() + "; start one: sudo bailey daemon");
        }
        Path folder = Files.createDirectories(Path.of(execRoot(options)));
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!answers()) {
                spawn(folder.resolve("daemon.log"));
            }
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock[] lock = new FileLock[1];
        boolean taken = within(LIMIT, () -> {
            try {
                lock[0] = channel.tryLock();
            } catch (IOException e) {
                return false;
            }
            return lock[0] != null;
        });
        if (!taken) {
            throw new Failure(1, "another client has been starting a daemon for " + LIMIT.toSeconds() + " seconds");
        }
        return lock[0];
    }

    private void spawn(Path log) throws IOException {
        long before = Files.exists(log) ? Files.size(log) : 0;
        Process process = new ProcessBuilder(command())
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        within(LIMIT, () -> answers() || !process.isAlive());
        if (!answers()) {
            String state = process.isAlive() ? "does not answer after " + LIMIT.toSeconds() + " seconds" : "ended";
            throw new Failure(1, "the daemon " + state + ": " + lastLine(log, before) + " (log: " + log + ")");
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of("setsid", launcher, "daemon"));
        boolean usual = daemon.socket().equals(DaemonAddress.DEFAULT);
        if (!usual && options.stream().noneMatch(word -> word.startsWith("-H") || word.startsWith("--host"))) {
            command.add("-H");
            command.add("unix://" + daemon.socket());
        }
        command.addAll(options);
        return command;
    }

    /** Returns the run-time folder that a daemon with these options uses. */
    static String execRoot(List<String> options) {
        String found = DEFAULT_EXEC_ROOT;
        for (int at = 0; at < options.size(); at++) {
            String word = options.get(at);
            if (word.startsWith("--exec-root=")) {
                found = word.substring("--exec-root=".length());
            } else if (word.equals("--exec-root") && at + 1 < options.size()) {
                found = options.get(at + 1);
            }
        }
        return found;
    }

    private boolean answers() {
        try {
            daemon.knock();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastLine(Path log, long from) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int start = (int) Math.min(from, all.length);
        List<String> lines = new String(all, start, all.length - start, UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        List<String> spoken =
                lines.stream().filter(line -> line.startsWith("bailey: ")).toList();
        if (!spoken.isEmpty()) {
            return spoken.getLast().substring("bailey: ".length());
        }
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    private static boolean within(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
