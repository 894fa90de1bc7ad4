package dev.bailey.cli.client;

import dev.bailey.cli.options.UsageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the daemon listens: the choice between an option, {@code BAILEY_HOST} and the default. */
public final class DaemonAddress {
    /** The socket of a daemon that was told nothing else. */
    public static final Path DEFAULT = Path.of("/run/bailey/bailey.sock");

    private static final String SCHEME = "unix://";

    private DaemonAddress() {}

    /**
     * Returns the absolute path of the socket.
     *
     * @throws UsageException if the text is no Unix address
     */
    public static Path choose(Optional<String> option, Map<String, String> environment) {
        if (option.isPresent()) {
            return parse("-H", option.get());
        }
        String variable = environment.getOrDefault("BAILEY_HOST", "");
        return variable.isEmpty() ? DEFAULT : parse("BAILEY_HOST", variable);
    }

    private static Path parse(String origin, String text) {
        String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        if (!path.startsWith("/")) {
            throw new UsageException(origin + " " + text + ": a daemon's address is unix:// and an absolute path");
        }
        return Path.of(path);
    }
}
