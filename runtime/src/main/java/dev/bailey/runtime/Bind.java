package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A host path made visible inside a container.
 *
 * @param source an absolute path of the host; a missing one is created as a directory at start
 * @param destination an absolute path inside the container, not {@code /}
 * @param readOnly whether writing through it is refused
 */
@Json
public record Bind(String source, String destination, boolean readOnly) {
    /** Checks both paths; throws {@link ContainerException} when one is not absolute or the destination is the root. */
    public Bind {
        requireAbsolute(source, source, destination);
        requireAbsolute(destination, source, destination);
        if (destination.matches("/+")) {
            throw invalid(source + ":" + destination, "destination can't be '/'");
        }
    }

    /**
     * Reads {@code source:destination[:options]}, options being a comma-separated list of {@code ro}, {@code rw},
     * {@code z}, {@code Z}, {@code rbind}, {@code rprivate}; the ones without meaning here are accepted and ignored.
     *
     * @param text the option as an operator writes it
     */
    public static Bind parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw invalid(text, "want source:destination or source:destination:ro, both paths absolute");
        }
        boolean readOnly = false;
        for (String option : parts.length == 3 ? List.of(parts[2].split(",", -1)) : List.<String>of()) {
            readOnly = switch (option) {
                case "ro" -> true;
                case "rw" -> false;
                case "z", "Z", "rbind", "rprivate" -> readOnly;
                default -> throw invalid(text, "unknown option \"" + option + "\": want ro or rw");
            };
        }
        return new Bind(parts[0], parts[1], readOnly);
    }

    @Override
    public String toString() {
        return source + ":" + destination + (readOnly ? ":ro" : "");
    }

    private static void requireAbsolute(String path, String source, String destination) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw invalid(source + ":" + destination, "\"" + path + "\" must be an absolute path");
        }
    }

    private static ContainerException invalid(String text, String reason) {
        return new ContainerException(Kind.INVALID_ARGUMENT, "invalid volume specification: '" + text + "': " + reason);
    }
}
