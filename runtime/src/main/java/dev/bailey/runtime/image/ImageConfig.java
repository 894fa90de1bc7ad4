package dev.bailey.runtime.image;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an image says about the process to start.
 *
 * @param environment {@code KEY=VALUE} entries
 * @param entrypoint the program and its first arguments
 * @param command the arguments after it, unless the operator gives some
 * @param workingDirectory an absolute path inside; empty for the root
 * @param user {@code user[:group]}; empty for root
 * @param labels its maker's notes
 * @param stopSignal such as {@code SIGQUIT}; empty for SIGTERM
 * @param exposedPorts the ports that it serves, each as {@code 80/tcp}
 */
@Json
public record ImageConfig(
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        String user,
        Map<String, String> labels,
        String stopSignal,
        List<String> exposedPorts) {
    /** What a plain directory says: nothing. */
    public static final ImageConfig EMPTY =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", Map.of(), "", List.of());

    /** Copies the collections. */
    public ImageConfig {
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        labels = Map.copyOf(labels);
        // What was loaded before there were ports has none.
        exposedPorts = List.copyOf(Objects.requireNonNullElse(exposedPorts, List.of()));
    }
}
