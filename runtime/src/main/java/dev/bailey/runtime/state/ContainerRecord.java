package dev.bailey.runtime.state;

import dev.bailey.runtime.ContainerNetwork;
import dev.bailey.runtime.ContainerSpec;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * The state file of one container; never changes.
 *
 * @param version of the format
 * @param id the container's id
 * @param name its unique name
 * @param spec what was asked for
 * @param image what its root stands on
 * @param arguments the whole command line
 * @param environment the whole environment
 * @param workingDirectory the absolute path inside
 * @param user {@code user[:group]}; empty for root
 * @param hostname the name in the UTS namespace
 * @param stopSignal the signal that {@code stop} sends first
 * @param createdAt when it was made
 * @param life where it is in its life
 */
@Json
public record ContainerRecord(
        int version,
        String id,
        String name,
        ContainerSpec spec,
        ImageRecord image,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        String user,
        String hostname,
        String stopSignal,
        Instant createdAt,
        Life life) {
    /** The format that this Bailey writes. */
    public static final int VERSION = 1;

    /** Copies the lists. */
    public ContainerRecord {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /**
     * What a container's root stands on.
     *
     * @param id of the image
     * @param host whether it is this machine's own root
     * @param layers the folders, the lowest first
     */
    @Json
    public record ImageRecord(String id, boolean host, List<String> layers) {}

    /** What it asks for on a network, where others find it by the hostname too that was asked for. */
    public ContainerNetwork known(ContainerNetwork wanted) {
        return spec.hostname().map(wanted::knownAs).orElse(wanted);
    }

    /** The same container with something else asked for. */
    public ContainerRecord with(ContainerSpec changed) {
        return new ContainerRecord(
                version,
                id,
                name,
                changed,
                image,
                arguments,
                environment,
                workingDirectory,
                user,
                hostname,
                stopSignal,
                createdAt,
                life);
    }

    /** The same container at another point of its life. */
    public ContainerRecord with(Life next) {
        return new ContainerRecord(
                version,
                id,
                name,
                spec,
                image,
                arguments,
                environment,
                workingDirectory,
                user,
                hostname,
                stopSignal,
                createdAt,
                next);
    }
}
