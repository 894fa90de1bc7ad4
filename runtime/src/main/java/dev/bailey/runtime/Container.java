package dev.bailey.runtime;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A container as it was at one moment; never changes.
 *
 * @param id its identity
 * @param name its unique name
 * @param spec what was asked for
 * @param imageId {@code sha256:…} of the image's configuration; {@code host} or the directory for those without one
 * @param arguments the whole command line: entry point and command, after the image's defaults
 * @param environment the whole environment, after the image's and the runtime's defaults
 * @param workingDirectory the absolute path inside that the process starts in
 * @param hostname the name in its UTS namespace
 * @param createdAt when it was created
 * @param state where it is in its life
 * @param files its files on the host
 */
public record Container(
        ContainerId id,
        String name,
        ContainerSpec spec,
        String imageId,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        String hostname,
        Instant createdAt,
        ContainerState state,
        Files files) {
    /** Copies the lists. */
    public Container {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    /** Whether its process runs. */
    public boolean running() {
        return state instanceof ContainerState.Running;
    }

    /**
     * The files on the host that belong to a container.
     *
     * @param log its output, one line a record
     * @param resolvConf seen inside as {@code /etc/resolv.conf}
     * @param hosts seen inside as {@code /etc/hosts}
     * @param hostname seen inside as {@code /etc/hostname}
     */
    public record Files(Path log, Path resolvConf, Path hosts, Path hostname) {}
}
