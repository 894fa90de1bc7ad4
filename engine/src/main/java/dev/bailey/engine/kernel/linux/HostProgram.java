package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.KernelException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A program of the host, run in the network namespace of the calling thread.
 *
 * @param path where it is
 */
record HostProgram(Path path) {
    private static final long TIMEOUT_SECONDS = 30;
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /**
     * How a program ended.
     *
     * @param exitCode its exit code
     * @param output what it printed, errors among it
     */
    record Outcome(int exitCode, String output) {}

    /** The folders that programs of an administrator are in: those of PATH, then those that a service's PATH may lack. */
    static List<Path> folders() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":", -1)), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .distinct()
                .toList();
    }

    /** The first program of that name in the folders. */
    static Optional<HostProgram> find(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(HostProgram::new);
    }

    String name() {
        return path.getFileName().toString();
    }

    /**
     * Runs it to its end.
     *
     * @param input what it reads
     * @throws KernelException when it cannot be run or does not end; it is killed then
     */
    Outcome run(List<String> arguments, String input) {
        return run(arguments, input, _ -> {});
    }

    /**
     * Runs it to its end, as {@link #run(List, String)} does.
     *
     * @param started is told the number of its process, while that runs
     */
    Outcome run(List<String> arguments, String input, LongConsumer started) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            started.accept(process.pid());
            return await(process, input);
        } catch (IOException failure) {
            throw new KernelException(Reason.UNSUPPORTED, "cannot run " + path + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KernelException(Reason.OTHER, "interrupted while " + path + " ran", interrupted);
        }
    }

    private Outcome await(Process process, String input) throws IOException, InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("bailey-" + name()).start(() -> killIfLate(process, late));
        Optional<Outcome> outcome = outcome(process, input, late);
        return outcome.filter(ended -> !late.get())
                .orElseThrow(() -> new KernelException(
                        Reason.OTHER, path + " did not end within " + TIMEOUT_SECONDS + " s and was killed", null));
    }

    /** On a thread that ends with the process: those that the JDK shares would stay in this namespace. */
    private static void killIfLate(Process process, AtomicBoolean late) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                late.set(true);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Killing a process closes its streams under the reader. */
    private static Optional<Outcome> outcome(Process process, String input, AtomicBoolean killed)
            throws IOException, InterruptedException {
        try {
            write(process, input);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new Outcome(process.waitFor(), output));
        } catch (IOException failure) {
            if (killed.get()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** A program that ends without reading everything says why; the broken pipe says nothing. */
    private static void write(Process process, String input) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ignored) {
            return;
        }
    }
}
