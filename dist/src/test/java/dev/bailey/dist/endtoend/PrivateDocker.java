package dev.bailey.dist.endtoend;

import dev.bailey.lab.Command;
import dev.bailey.lab.LabHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A dockerd of Debian's inside a host of a lab, with folders and a socket of its own; it touches no network. */
final class PrivateDocker {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LabHost host;
    private final Path folder;

    private PrivateDocker(LabHost host, Path folder) {
        this.host = host;
        this.folder = folder;
    }

    /** Starts the daemon; it ends with the lab. */
    static PrivateDocker start(LabHost host) {
        PrivateDocker docker = new PrivateDocker(host, host.lab().directory().resolve("docker"));
        host.command(
                        "dockerd",
                        "--data-root",
                        docker.folder + "/data",
                        "--exec-root",
                        docker.folder + "/run",
                        "--pidfile",
                        docker.folder + "/pid",
                        "--host",
                        docker.address(),
                        "--bridge",
                        "none",
                        "--iptables=false",
                        "--ip6tables=false")
                .start(daemon -> daemon.printed("API listen on"));
        return docker;
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
