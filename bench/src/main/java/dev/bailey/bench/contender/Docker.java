package dev.bailey.bench.contender;

import dev.bailey.bench.http.HttpAnswer;
import dev.bailey.bench.http.UnixHttpClient;
import dev.bailey.bench.site.Child;
import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.Memory;
import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dockerd of our own, with its own folders and socket, asked through the socket to connect running containers to a
 * bridge network and to disconnect them. The endpoints that are there meanwhile are running containers.
 */
public final class Docker implements DaemonContender, Publisher {
    private static final String NETWORK = "bench";
    private static final String PARKING = "parking";
    private static final Pattern PID = Pattern.compile("\"Pid\": ?(\\d+)");

    private final String name;
    private final int largestPopulation;
    private final Programs programs;
    private final PeerRoot root;
    private final Place place;
    private final Path folder;
    private final Path socket;
    private final HostNamespace host;
    private final PeerShell shell;
    private int prepared;
    private @Nullable Child daemon;

    /**
     * Where Docker's programs are, as the peers' root has them.
     *
     * @param daemon the daemon
     * @param client the command line client
     */
    public record Programs(String daemon, String client) {}

    /**
     * Makes a host for the daemon, which does not run yet.
     *
     * @param largestPopulation how many endpoints it is filled up to at most
     */
    public Docker(String version, Programs programs, int largestPopulation, PeerRoot root, Place place)
            throws IOException {
        this.name = "Docker " + version;
        this.programs = programs;
        this.largestPopulation = largestPopulation;
        this.root = root;
        this.place = place;
        this.folder = place.sub("docker");
        this.socket = folder.resolve("docker.sock");
        this.host = HostNamespace.create(place.namespaces().resolve("docker-host"));
        this.shell = PeerShell.open(root, host.path(), folder.resolve("shell"));
        // Its own pools are used up after some thirty networks.
        Files.writeString(
                folder.resolve("daemon.json"),
                "{\"default-address-pools\": [{\"base\": \"10.0.0.0/9\", \"size\": 24}]}");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isPeer() {
        return true;
    }

    @Override
    public int largestPopulation() {
        return largestPopulation;
    }

    @Override
    public long start() throws IOException {
        // Its groups get the name of the run's folder, so that they can be told from those of others.
        List<String> command = List.of(
                programs.daemon(),
                "--config-file=" + folder.resolve("daemon.json"),
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--host=unix://" + socket,
                "--exec-opt=native.cgroupdriver=cgroupfs",
                "--cgroup-parent=/" + place.name());
        long begin = System.nanoTime();
        Child started = Child.start(folder.resolve("log"), root.command(host.path(), command), Map.of());
        daemon = started;
        Readiness.await(started, socket, "/_ping");
        return System.nanoTime() - begin;
    }

    @Override
    public void stop() throws IOException {
        Child running = daemon;
        daemon = null;
        if (running != null) {
            running.close();
        }
    }

    /** That of dockerd and containerd; what belongs to the containers is left out. */
    @Override
    public double residentMegabytes() throws IOException {
        Child running = daemon;
        if (running == null) {
            throw new IOException("dockerd does not run");
        }
        double sum = Memory.residentMegabytes(running.pid());
        List<Long> helpers = ProcessHandle.of(running.pid()).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().command().orElse("").endsWith("/containerd"))
                .map(ProcessHandle::pid)
                .toList();
        for (long helper : helpers) {
            sum += Memory.residentMegabytes(helper);
        }
        return sum;
    }

    @Override
    public long list() throws IOException {
        long begin = System.nanoTime();
        shell.run(programs.client() + " -H unix://" + socket + " ps", "");
        return System.nanoTime() - begin;
    }

    /** Makes the image and the networks, and the containers that are connected and disconnected; O(1) afterwards. */
    @Override
    public void prepare(int count) throws IOException {
        try (Caller caller = connect()) {
            if (prepared == 0) {
                byte[] image = DockerImage.archive(folder.resolve("image.tar"));
                caller.send(UnixHttpClient.request(
                        "POST", "/images/create?fromSrc=-&repo=bench&tag=latest", "application/x-tar", image));
                caller.createNetwork(NETWORK, "10.200.0.0/16");
                caller.createNetwork(PARKING, "10.201.0.0/24");
            }
            for (; prepared < Math.min(count, PROBES); prepared++) {
                caller.park(prepared);
            }
        }
    }

    @Override
    public NetworkCaller networks() throws IOException {
        return NetworkCaller.connect(socket);
    }

    @Override
    public Caller connect() throws IOException {
        return new Caller(UnixHttpClient.connect(socket));
    }

    /** Docker publishes when a container starts, not when it is connected. */
    @Override
    public Client connectPublishing() throws IOException {
        return new DockerStarter(UnixHttpClient.connect(socket), NETWORK, true);
    }

    @Override
    public Client connectPlain() throws IOException {
        return new DockerStarter(UnixHttpClient.connect(socket), NETWORK, false);
    }

    @Override
    public void verifyPublished(int slot) throws IOException {
        try (PeerShell look = PeerShell.open(new PeerRoot(Optional.empty()), host.path(), folder.resolve("look"))) {
            Verification.checkPublished(look, slot);
        }
    }

    @Override
    public void verify(int slot) throws IOException {
        try (Caller caller = connect()) {
            HttpAnswer answer = caller.send(UnixHttpClient.request("GET", "/containers/" + container(slot) + "/json"));
            Matcher pid = PID.matcher(answer.body());
            if (!pid.find()) {
                throw new IOException("Docker does not tell the process of " + container(slot));
            }
            Verification.check(Path.of("/proc/" + pid.group(1) + "/ns/net"));
        }
    }

    @Override
    public void close() throws IOException {
        shell.close();
        stop();
        host.close();
    }

    private static String container(int slot) {
        return "bench" + slot;
    }

    /** A client of the daemon's socket. */
    final class Caller implements Client {
        private final UnixHttpClient http;

        private Caller(UnixHttpClient http) {
            this.http = http;
        }

        private void park(int slot) throws IOException {
            startContainer(slot, PARKING);
            send(connection(PARKING, "disconnect", slot));
        }

        @Override
        public long attach(int slot) throws IOException {
            return timed(connection(NETWORK, "connect", slot));
        }

        @Override
        public long detach(int slot) throws IOException {
            return timed(connection(NETWORK, "disconnect", slot));
        }

        @Override
        public void populate(int slot) throws IOException {
            startContainer(slot, NETWORK);
        }

        private long timed(byte[] request) throws IOException {
            long begin = System.nanoTime();
            HttpAnswer answer = http.exchange(request);
            long nanos = System.nanoTime() - begin;
            answer.orThrow("Docker's connect or disconnect");
            return nanos;
        }

        private byte[] connection(String network, String verb, int slot) {
            String body = "{\"Container\": \"" + container(slot) + "\"}";
            return UnixHttpClient.request("POST", "/networks/" + network + "/" + verb, body);
        }

        private void createNetwork(String network, String subnet) throws IOException {
            String body = """
                    {"Name": "%s", "Driver": "bridge", "IPAM": {"Config": [{"Subnet": "%s"}]}}""".formatted(network, subnet);
            send(UnixHttpClient.request("POST", "/networks/create", body));
        }

        private void startContainer(int slot, String network) throws IOException {
            String body = """
                    {"Image": "bench:latest", "Cmd": ["/bin/sleep", "1000000"], "StopSignal": "SIGKILL",
                     "HostConfig": {"NetworkMode": "%s"}}""".formatted(network);
            send(UnixHttpClient.request("POST", "/containers/create?name=" + container(slot), body));
            send(UnixHttpClient.request("POST", "/containers/" + container(slot) + "/start"));
        }

        private HttpAnswer send(byte[] request) throws IOException {
            return http.exchange(request).orThrow("Docker");
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
