package dev.bailey.runtime;

import io.avaje.jsonb.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of a container; whatever is absent or empty comes from the image, else from the defaults.
 *
 * @param name a name, unique among the containers; made up when absent
 * @param image {@code host}, a directory, an archive file, or the name of a loaded image
 * @param entrypoint replaces the image's entry point; an empty list removes it
 * @param command the arguments after the entry point; replaces the image's when not empty
 * @param environment {@code KEY=VALUE} entries; a bare {@code KEY} removes it
 * @param workingDirectory an absolute path inside; created when it does not exist
 * @param user {@code user[:group]}, by name or by number
 * @param hostname the name in the container's UTS namespace; the short id when absent
 * @param tty whether the process gets a terminal
 * @param openStdin whether standard input stays open; without it the process reads end-of-file
 * @param stdinOnce whether standard input ends when the first attached client leaves
 * @param autoRemove whether the container is removed when it ends
 * @param binds host paths made visible inside
 * @param network the name of the network that it is on first, or that of a {@link NetworkMode} without any
 * @param address the IPv4 address asked for on that
 * @param dns overrides of the resolver, before those of the daemon
 * @param extraHosts more lines for {@code /etc/hosts}
 * @param labels the operator's own notes
 * @param stopSignal the signal that {@code stop} sends first, such as {@code SIGTERM}
 * @param stopTimeout how long {@code stop} waits before SIGKILL
 * @param networks the networks that it is on while it runs, in the order of its interfaces
 * @param ports which of its ports are open to others
 */
@Json
public record ContainerSpec(
        Optional<String> name,
        String image,
        Optional<List<String>> entrypoint,
        List<String> command,
        List<String> environment,
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> hostname,
        boolean tty,
        boolean openStdin,
        boolean stdinOnce,
        boolean autoRemove,
        List<Bind> binds,
        String network,
        Optional<String> address,
        DnsSettings dns,
        List<ExtraHost> extraHosts,
        Map<String, String> labels,
        Optional<String> stopSignal,
        Optional<Duration> stopTimeout,
        List<ContainerNetwork> networks,
        PortSettings ports) {
    /** The network that a container joins when none is named. */
    public static final String DEFAULT_NETWORK = "bridge";

    /** Copies the collections. {@link Containers#create} checks the values. */
    public ContainerSpec {
        name = orEmpty(name);
        entrypoint = orEmpty(entrypoint).map(List::copyOf);
        workingDirectory = orEmpty(workingDirectory);
        user = orEmpty(user);
        hostname = orEmpty(hostname);
        address = orEmpty(address);
        stopSignal = orEmpty(stopSignal);
        stopTimeout = orEmpty(stopTimeout);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        binds = List.copyOf(binds);
        extraHosts = List.copyOf(extraHosts);
        labels = Map.copyOf(labels);
        networks = orFirst(networks, network, address);
        // Older state files have no ports.
        ports = Objects.requireNonNullElse(ports, PortSettings.NONE);
    }

    // A state file leaves out what is absent, and its reader then hands over null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    // The state files of earlier versions name one network and no list.
    private static List<ContainerNetwork> orFirst(
            @Nullable List<ContainerNetwork> networks, String first, Optional<String> address) {
        return networks == null ? only(first, address) : List.copyOf(networks);
    }

    /** The one network of a name; none where that stands for having none. */
    static List<ContainerNetwork> only(String network, Optional<String> address) {
        return switch (NetworkMode.of(network)) {
            case NETWORKS -> List.of(ContainerNetwork.of(network, address));
            case NONE, HOST, CONTAINER -> List.of();
        };
    }

    /** Where its process has its network. */
    public NetworkMode networkMode() {
        return NetworkMode.of(network);
    }

    /** The same on other networks. */
    public ContainerSpec with(List<ContainerNetwork> changed) {
        return with(network, changed, ports);
    }

    /** The same in the network of another container. */
    ContainerSpec in(ContainerId owner) {
        return with(NetworkMode.of(owner), networks, ports);
    }

    /** The same with what the image says as well. */
    ContainerSpec withExposed(List<String> ofImage) {
        return with(network, networks, ports.withExposed(ofImage));
    }

    private ContainerSpec with(String otherNetwork, List<ContainerNetwork> otherNetworks, PortSettings otherPorts) {
        return new ContainerSpec(
                name,
                image,
                entrypoint,
                command,
                environment,
                workingDirectory,
                user,
                hostname,
                tty,
                openStdin,
                stdinOnce,
                autoRemove,
                binds,
                otherNetwork,
                address,
                dns,
                extraHosts,
                labels,
                stopSignal,
                stopTimeout,
                otherNetworks,
                otherPorts);
    }

    /**
     * A builder with every default.
     *
     * @param image {@code host}, a directory, an archive file, or the name of a loaded image
     */
    public static ContainerSpecBuilder builder(String image) {
        return new ContainerSpecBuilder(image);
    }
}
