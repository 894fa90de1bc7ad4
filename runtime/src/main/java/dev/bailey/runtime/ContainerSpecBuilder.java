package dev.bailey.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link ContainerSpec} in the making; not for use by two threads at once. */
public final class ContainerSpecBuilder {
    private final String image;
    private Optional<String> name = Optional.empty();
    private Optional<List<String>> entrypoint = Optional.empty();
    private List<String> command = List.of();
    private List<String> environment = List.of();
    private Optional<String> workingDirectory = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> hostname = Optional.empty();
    private boolean tty;
    private boolean openStdin;
    private boolean stdinOnce;
    private boolean autoRemove;
    private List<Bind> binds = List.of();
    private String network = ContainerSpec.DEFAULT_NETWORK;
    private Optional<String> address = Optional.empty();
    private Optional<List<ContainerNetwork>> networks = Optional.empty();
    private DnsSettings dns = DnsSettings.NONE;
    private List<ExtraHost> extraHosts = List.of();
    private Map<String, String> labels = Map.of();
    private Optional<String> stopSignal = Optional.empty();
    private Optional<Duration> stopTimeout = Optional.empty();
    private PortSettings ports = PortSettings.NONE;

    ContainerSpecBuilder(String image) {
        this.image = image;
    }

    /** A name, unique among the containers. */
    public ContainerSpecBuilder name(String value) {
        name = Optional.of(value);
        return this;
    }

    /** Replaces the image's entry point; an empty list removes it. */
    public ContainerSpecBuilder entrypoint(List<String> value) {
        entrypoint = Optional.of(value);
        return this;
    }

    /** The arguments after the entry point. */
    public ContainerSpecBuilder command(List<String> value) {
        command = value;
        return this;
    }

    /** Entries of the form {@code KEY=VALUE}, or {@code KEY} to remove one. */
    public ContainerSpecBuilder environment(List<String> value) {
        environment = value;
        return this;
    }

    /** The absolute path inside that the process starts in. */
    public ContainerSpecBuilder workingDirectory(String value) {
        workingDirectory = Optional.of(value);
        return this;
    }

    /** The user, as {@code user[:group]} by name or number. */
    public ContainerSpecBuilder user(String value) {
        user = Optional.of(value);
        return this;
    }

    /** The name in the container's UTS namespace. */
    public ContainerSpecBuilder hostname(String value) {
        hostname = Optional.of(value);
        return this;
    }

    /** Whether the process gets a terminal. */
    public ContainerSpecBuilder tty(boolean value) {
        tty = value;
        return this;
    }

    /** Whether standard input stays open. */
    public ContainerSpecBuilder openStdin(boolean value) {
        openStdin = value;
        return this;
    }

    /** Whether standard input ends when the first attached client leaves. */
    public ContainerSpecBuilder stdinOnce(boolean value) {
        stdinOnce = value;
        return this;
    }

    /** Whether the container is removed when it ends. */
    public ContainerSpecBuilder autoRemove(boolean value) {
        autoRemove = value;
        return this;
    }

    /** Host paths made visible inside. */
    public ContainerSpecBuilder binds(List<Bind> value) {
        binds = value;
        return this;
    }

    /** The name of the network to join. */
    public ContainerSpecBuilder network(String value) {
        network = value;
        return this;
    }

    /** The IPv4 address asked for. */
    public ContainerSpecBuilder address(String value) {
        address = Optional.of(value);
        return this;
    }

    /** The networks to join, instead of the one and its address. */
    public ContainerSpecBuilder networks(List<ContainerNetwork> value) {
        networks = Optional.of(value);
        return this;
    }

    /** Overrides of the resolver. */
    public ContainerSpecBuilder dns(DnsSettings value) {
        dns = value;
        return this;
    }

    /** More lines for {@code /etc/hosts}. */
    public ContainerSpecBuilder extraHosts(List<ExtraHost> value) {
        extraHosts = value;
        return this;
    }

    /** The operator's own notes. */
    public ContainerSpecBuilder labels(Map<String, String> value) {
        labels = value;
        return this;
    }

    /** The signal that {@code stop} sends first. */
    public ContainerSpecBuilder stopSignal(String value) {
        stopSignal = Optional.of(value);
        return this;
    }

    /** How long {@code stop} waits before SIGKILL. */
    public ContainerSpecBuilder stopTimeout(Duration value) {
        stopTimeout = Optional.of(value);
        return this;
    }

    /** Which of its ports are open to others. */
    public ContainerSpecBuilder ports(PortSettings value) {
        ports = value;
        return this;
    }

    /** The finished specification. */
    public ContainerSpec build() {
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
                network,
                address,
                dns,
                extraHosts,
                labels,
                stopSignal,
                stopTimeout,
                networks.orElseGet(() -> ContainerSpec.only(network, address)),
                ports);
    }
}
