package dev.bailey.runtime.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this host: where they are, and short runs of them. */
public final class Programs {
    private static final List<String> USUAL_FOLDERS = List.of(
            "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/libexec/podman");
    private static final int MAX_OUTPUT_BYTES = 1 << 20;

    private Programs() {}

    /**
     * The file of a program: on the PATH, or in the usual folders, which a service's PATH may lack.
     *
     * @param name without a folder
     */
    public static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), USUAL_FOLDERS.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What a short run left.
     *
     * @param exitCode of the program
     * @param output of both its streams, as they came
     */
    public record Result(int exitCode, String output) {}

    /**
     * Runs a program to its end; it is killed when it takes too long or prints more than 1 MiB.
     *
     * @param timeout the longest it may take
     * @param command the program and its arguments
     */
    public static Result run(Duration timeout, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(Path.of("/").toFile()).redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile());
        // runc would look for the container's own sign there and wait for it.
        builder.environment().remove("NOTIFY_SOCKET");
        Process process = builder.start();
        Thread killer = Thread.ofVirtual().start(() -> killAfter(process, timeout));
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            if (killer.join(Duration.ZERO.plusNanos(1)) && exitCode > 128) {
                throw new IOException(command.getFirst() + " did not end within " + timeout.toSeconds() + " s");
            }
            return new Result(exitCode, text);
        } finally {
            process.destroyForcibly();
            killer.interrupt();
        }
    }

    private static void killAfter(Process process, Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
