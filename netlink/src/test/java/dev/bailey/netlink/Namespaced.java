package dev.bailey.netlink;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs the body of a test in a network namespace that goes away with it. */
public final class Namespaced {
    private static final long COMMAND_SECONDS = 60;

    private Namespaced() {}

    /** The body of a test. */
    public interface Body {
        void run() throws Exception;
    }

    /** Runs the body on a thread in a fresh namespace. */
    public static void inNamespace(Body body) throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            Task<Boolean, Exception> task = () -> {
                body.run();
                return true;
            };
            namespace.call(task);
        }
    }

    /** What a command said, and how it ended. */
    public record Result(int status, String output) {}

    /** Runs a command in the namespace of the calling thread; standard error is part of what it says. */
    public static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + ": not done after " + COMMAND_SECONDS + " s");
            }
            return new Result(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Runs a command that must succeed; returns what it says. */
    public static String mustRun(String... command) throws IOException, InterruptedException {
        Result result = run(command);
        if (result.status() != 0) {
            throw new IOException(String.join(" ", command) + ": status " + result.status() + ", " + result.output());
        }
        return result.output();
    }
}
