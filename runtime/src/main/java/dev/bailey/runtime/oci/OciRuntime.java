package dev.bailey.runtime.oci;

import dev.bailey.runtime.oci.Programs.Result;
import dev.bailey.runtime.state.JsonFiles;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The OCI runtime of this host, with a state folder of its own, so that it never meets another engine's containers.
 *
 * @param program runc or crun
 * @param root its state folder
 */
public record OciRuntime(Path program, Path root) {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Where a container is in its life, as the runtime sees it. */
    public enum Status {
        /** Set up; its program has not been started. */
        CREATED,
        /** Its program runs, or is paused. */
        RUNNING,
        /** Ended, or unknown to the runtime. */
        STOPPED
    }

    /**
     * What a runtime prints about a container.
     *
     * @param status such as {@code running}
     * @param pid of the first process; 0 when stopped
     */
    @Json
    public record State(String status, int pid) {}

    /** Starts the program of a container that was created. */
    public void start(String container) throws IOException, InterruptedException {
        Result result = run("start", container);
        if (result.exitCode() != 0) {
            throw RuntimeMessages.createFailed(result.output());
        }
    }

    /** Where a container is in its life. */
    public static Status status(State state) {
        return switch (state.status()) {
            case "created", "creating" -> Status.CREATED;
            case "running", "paused", "pausing" -> Status.RUNNING;
            default -> Status.STOPPED;
        };
    }

    /** What the runtime knows of a container; empty when nothing. */
    public Optional<State> state(String container) throws IOException, InterruptedException {
        if (!Files.isDirectory(root.resolve(container))) {
            return Optional.empty();
        }
        Result result = run("state", container);
        int json = result.output().indexOf('{');
        if (result.exitCode() != 0 || json < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonFiles.parse(result.output().substring(json), State.class));
        } catch (JsonException malformed) {
            throw new IOException(program + " state: " + malformed.getMessage(), malformed);
        }
    }

    /** Kills a container's processes and forgets it; no error when the runtime does not know it. */
    public void delete(String container) throws IOException, InterruptedException {
        if (!Files.isDirectory(root.resolve(container))) {
            return;
        }
        Result result = run("delete", "--force", container);
        if (result.exitCode() != 0 && Files.isDirectory(root.resolve(container))) {
            throw new IOException(program.getFileName() + " delete: " + RuntimeMessages.reason(result.output()));
        }
    }

    private Result run(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--root", root.toString(), verb));
        command.addAll(List.of(arguments));
        return Programs.run(TIMEOUT, command);
    }
}
