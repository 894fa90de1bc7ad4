package dev.bailey.bench;

import dev.bailey.bench.contender.Cni;
import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.contender.Docker;
import dev.bailey.bench.contender.IptablesRestore;
import dev.bailey.bench.contender.Netavark;
import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the peers where they are installed, and asks them for their versions. */
final class PeerFinder {
    /** Five hundred running containers would take several gigabytes and most of an hour. */
    private static final int DOCKER_POPULATION = 100;

    private static final int QUICK_POPULATION = 100;
    private static final int FULL_POPULATION = 500;
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");

    private final PeerRoot root;
    private final Place place;
    private final int programPopulation;

    PeerFinder(PeerRoot root, Place place, boolean quick) {
        this.root = root;
        this.place = place;
        this.programPopulation = quick ? QUICK_POPULATION : FULL_POPULATION;
    }

    Contender find(BenchOptions.Peer peer) throws IOException {
        return switch (peer) {
            case DOCKER -> docker();
            case NETAVARK -> netavark();
            case CNI -> cni();
            case IPTABLES -> IptablesRestore.open(place);
        };
    }

    private Contender docker() throws IOException {
        String daemon = program("/usr/sbin/dockerd", "/usr/bin/dockerd", "/usr/local/bin/dockerd");
        String client = program("/usr/bin/docker", "/usr/local/bin/docker");
        String version = version(daemon + " --version");
        return new Docker(version, new Docker.Programs(daemon, client), DOCKER_POPULATION, root, place);
    }

    private Contender netavark() throws IOException {
        String program = program("/usr/lib/podman/netavark", "/usr/libexec/podman/netavark");
        return new Netavark(version(program + " --version"), program, programPopulation, root, place);
    }

    private Contender cni() throws IOException {
        program("/usr/lib/cni/bridge");
        String version = version("dpkg-query --show --showformat='${Version}' containernetworking-plugins");
        return new Cni(version, programPopulation, root, place);
    }

    private String program(String... files) throws IOException {
        return root.find(files).orElseThrow(() -> new IOException("it is not installed (" + files[0] + ")"));
    }

    private String version(String line) throws IOException {
        Path namespaces = place.namespaces();
        try (HostNamespace host = HostNamespace.create(namespaces.resolve("version"));
                PeerShell shell = PeerShell.open(root, host.path(), place.sub("version"))) {
            shell.run(line, "");
            Matcher version = VERSION.matcher(shell.output());
            return version.find() ? version.group() : "of unknown version";
        }
    }
}
