package dev.bailey.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process that runs inside a host until it is stopped, or until its lab is closed.
 *
 * <p>It is only ever ended through its process id by the JVM that started it. Safe for use by several threads.
 */
public final class LabProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String description;
    private final Process process;
    private final Path log;

    LabProcess(String description, Process process, Path log) {
        this.description = description;
        this.process = process;
        this.log = log;
    }

    /** The process id, as this machine numbers it. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far, standard output and standard error as they came, at most 16 MiB. */
    public String output() {
        return OutputFile.read(log);
    }

    /** The lines of {@link #output()} that are complete. */
    public List<String> lines() {
        String output = output();
        return output.substring(0, output.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Whether a complete line that contains the text has been printed. */
    public boolean printed(String text) {
        return lines().stream().anyMatch(line -> line.contains(text));
    }

    /**
     * Waits until a complete line that contains the text has been printed and returns the first such line.
     *
     * @throws LabException when the process ends or {@link Await#LIMIT} passes without it
     */
    public String awaitLine(String text) {
        awaitReady(self -> self.printed(text));
        return lines().stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    /**
     * Waits for the end and returns the exit code.
     *
     * @throws LabException when it still runs after that time
     */
    public int awaitExit(Duration limit) {
        if (!ended(limit)) {
            throw new LabException(description + " still runs after " + limit.toMillis() + " ms" + said());
        }
        return process.exitValue();
    }

    /** Asks it to end (SIGTERM), waits for at most 10 s, then kills it. */
    public void stop() {
        process.destroy();
        if (!ended(GRACE)) {
            kill();
        }
    }

    /** Kills it (SIGKILL) and waits until it is gone. Its children are left alone. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Await.LIMIT);
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** The command, the host and the process id. */
    @Override
    public String toString() {
        return description + " (process " + pid() + ")";
    }

    void awaitReady(Predicate<LabProcess> ready) {
        try {
            Await.until("it", () -> {
                // Asked in this order, since the last thing that a process prints may be what is waited for.
                boolean alive = isAlive();
                if (ready.test(this)) {
                    return true;
                }
                if (!alive) {
                    throw new LabException(description + " ended with " + process.exitValue() + " too early" + said());
                }
                return false;
            });
        } catch (LabException e) {
            throw isAlive() ? new LabException(description + " is not ready" + said(), e) : e;
        }
    }

    private String said() {
        String output = output();
        return output.isBlank() ? "; it printed nothing" : "; it printed: " + CommandResult.tail(output);
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
