package dev.bailey.dist.endtoend;

import dev.bailey.lab.Command;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A dockerd of Debian's inside a host of a lab, with folders and a socket of its own. */
final class PrivateDocker {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LabHost host;
    private final Path folder;
    private final List<String> options;
    private Optional<LabProcess> daemon = Optional.empty();

    private PrivateDocker(LabHost host, String... options) {
        this.host = host;
        this.folder = host.lab().directory().resolve("docker");
        this.options = List.of(options);
    }

    /** Starts a daemon that touches no network; it ends with the lab. */
    static PrivateDocker start(LabHost host) {
        PrivateDocker docker = new PrivateDocker(host, "--bridge", "none", "--iptables=false", "--ip6tables=false");
        docker.start();
        return docker;
    }

    /** One that does to the host's network what it always does, once it is started. */
    static PrivateDocker withNetworks(LabHost host) {
        return new PrivateDocker(host);
    }

    /** Starts the daemon; it ends with the lab. */
    void start() {
        List<String> words = new ArrayList<>(List.of(
                "dockerd",
                "--data-root",
                folder + "/data",
                "--exec-root",
                folder + "/run",
                "--pidfile",
                folder + "/pid",
                "--host",
                address()));
        words.addAll(options);
        daemon = Optional.of(
                host.command(words.toArray(String[]::new)).start(process -> process.printed("API listen on")));
    }

    /** Stops the daemon, and its containers. */
    void stop() {
        daemon.orElseThrow().stop();
    }

    /** A command of docker's own client. */
    Command docker(String... words) {
        return host.command(Stream.concat(Stream.of("docker", "--host", address()), Stream.of(words))
                        .toArray(String[]::new))
                .environment("DOCKER_BUILDKIT", "0")
                .limit(LIMIT);
    }

    private String address() {
        return "unix://" + folder + "/docker.sock";
    }
}
