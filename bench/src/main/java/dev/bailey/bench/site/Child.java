package dev.bailey.bench.site;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the benchmarks started and will end, by its pid; what it says goes to a file. */
public final class Child implements AutoCloseable {
    private static final long STOP_SECONDS = 60;
    private static final int SHOWN_CHARACTERS = 600;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command; its output is appended to {@code log}. */
    public static Child start(Path log, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new Child(builder.start(), log);
    }

    /** Starts a command and waits for its end. */
    public static void run(Path log, List<String> command) throws IOException {
        try (Child child = start(log, command, Map.of())) {
            int status = child.process.waitFor();
            if (status != 0) {
                throw child.failure(String.join(" ", command) + " ended with status " + status);
            }
        } catch (InterruptedException interrupted) {
            throw Interruption.during("waiting for " + command.getFirst(), interrupted);
        }
    }

    /** Returns its process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns an exception that tells the end of what the process said as well. */
    public IOException failure(String what) throws IOException {
        String said = Files.readString(log);
        return new IOException(what + "; it said: "
                + said.substring(Math.max(0, said.length() - SHOWN_CHARACTERS)).strip());
    }

    /** Asks the process to end by SIGTERM and waits; after a minute it is killed. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw Interruption.during("waiting for process " + process.pid(), interrupted);
        }
    }
}
