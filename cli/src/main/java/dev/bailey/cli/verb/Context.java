package dev.bailey.cli.verb;

import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.DaemonStarter;
import dev.bailey.cli.terminal.StandardStreams;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a verb works with.
 *
 * @param daemon the daemon that it talks to
 * @param streams the person's streams, for what a container reads and writes
 * @param out where results go
 * @param err where errors and notes go
 * @param environment this process's environment
 * @param launcher path of {@code bailey}; empty when the client was not started by it
 */
public record Context(
        DaemonClient daemon,
        StandardStreams streams,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        String launcher) {
    /** Returns what starts a daemon when none answers. */
    DaemonStarter starter() throws IOException {
        return new DaemonStarter(daemon, launcher, environment);
    }

    /** Prints an error in the form that all errors have. */
    void complain(String message) {
        out.flush();
        err.println("bailey: " + message);
    }

    /**
     * Returns what a person means by a path: relative ones start at this process's folder, not at the daemon's.
     */
    static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }
}
