package dev.bailey.bench.contender;

import dev.bailey.api.ApiJson;
import dev.bailey.api.attachment.AttachRequest;
import dev.bailey.api.attachment.DetachRequest;
import dev.bailey.bench.http.HttpAnswer;
import dev.bailey.bench.http.UnixHttpClient;
import dev.bailey.bench.site.Child;
import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.Memory;
import dev.bailey.bench.site.NamespacePool;
import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Bailey's daemon, started by the launcher, asked through its socket. */
public final class Bailey implements DaemonContender, Publisher {
    /** What the tables call it. */
    public static final String NAME = "Bailey";

    private static final PeerRoot MACHINE = new PeerRoot(Optional.empty());

    private final Path launcher;
    private final Path folder;
    private final List<String> options;
    private final Path socket;
    private final HostNamespace host;
    private final NamespacePool sandboxes;
    private final PeerShell shell;
    private final IntFunction<List<String>> ports;
    private @Nullable Child daemon;

    private Bailey(
            Path launcher,
            Path folder,
            List<String> options,
            HostNamespace host,
            NamespacePool sandboxes,
            PeerShell shell,
            IntFunction<List<String>> ports) {
        this.ports = ports;
        this.launcher = launcher;
        this.folder = folder;
        this.options = options;
        this.socket = folder.resolve("bailey.sock");
        this.host = host;
        this.sandboxes = sandboxes;
        this.shell = shell;
    }

    /**
     * Makes a host for the daemon, which does not run yet.
     *
     * @param launcher the script that starts client and daemon
     */
    public static Bailey open(Path launcher, Place place) throws IOException {
        return open(launcher, place, "bailey", List.of(), slot -> List.of());
    }

    /**
     * Makes a host for a daemon beside another one.
     *
     * @param word what its folders and namespaces are called
     * @param options what the daemon is started with besides its places
     * @param ports what a slot publishes
     */
    static Bailey open(Path launcher, Place place, String word, List<String> options, IntFunction<List<String>> ports)
            throws IOException {
        Path folder = place.sub(word);
        Path namespaces = place.namespaces();
        HostNamespace host = HostNamespace.create(namespaces.resolve(word + "-host"));
        PeerShell shell = PeerShell.open(MACHINE, host.path(), folder.resolve("shell"));
        return new Bailey(
                launcher, folder, options, host, new NamespacePool(namespaces, word + "-", true), shell, ports);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isPeer() {
        return false;
    }

    @Override
    public int largestPopulation() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void prepare(int count) throws IOException {
        sandboxes.grow(count);
    }

    @Override
    public long start() throws IOException {
        List<String> words = new ArrayList<>(List.of(
                launcher.toString(),
                "daemon",
                "--host",
                "unix://" + socket,
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("exec").toString()));
        words.addAll(options);
        List<String> command = MACHINE.command(host.path(), words);
        long begin = System.nanoTime();
        Child started = Child.start(folder.resolve("log"), command, Map.of());
        daemon = started;
        Readiness.await(started, socket, "/bailey/ping");
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

    @Override
    public double residentMegabytes() throws IOException {
        Child running = daemon;
        if (running == null) {
            throw new IOException("Bailey's daemon does not run");
        }
        return Memory.residentMegabytes(running.pid());
    }

    @Override
    public long list() throws IOException {
        return command("ps");
    }

    /** Runs a command of the client and returns its wall time in nanoseconds, the launcher's included. */
    public long command(String verb) throws IOException {
        long begin = System.nanoTime();
        shell.run("'" + launcher + "' --host unix://" + socket + " " + verb, "");
        return System.nanoTime() - begin;
    }

    @Override
    public NetworkCaller networks() throws IOException {
        return NetworkCaller.connect(socket);
    }

    @Override
    public Client connect() throws IOException {
        return connect(ports);
    }

    @Override
    public Client connectPublishing() throws IOException {
        return connect(PortBlock::mappings);
    }

    /** Opens a client of which each slot publishes a range of ports; one slot can. */
    public Client connectWithRange(String mapping) throws IOException {
        return connect(slot -> List.of(mapping));
    }

    private Client connect(IntFunction<List<String>> publishing) throws IOException {
        return new Caller(UnixHttpClient.connect(socket), publishing);
    }

    @Override
    public void verifyPublished(int slot) throws IOException {
        Verification.checkPublished(shell, slot);
    }

    @Override
    public void verify(int slot) throws IOException {
        Verification.check(sandboxes.path(slot));
    }

    @Override
    public void close() throws IOException {
        shell.close();
        stop();
        sandboxes.close();
        host.close();
    }

    /** A client of the daemon's socket. */
    private final class Caller implements Client {
        private final UnixHttpClient http;
        private final IntFunction<List<String>> publishing;

        Caller(UnixHttpClient http, IntFunction<List<String>> publishing) {
            this.http = http;
            this.publishing = publishing;
        }

        @Override
        public long attach(int slot) throws IOException {
            AttachRequest body = new AttachRequest(
                    sandboxes.path(slot).toString(), null, null, null, null, publishing.apply(slot), null);
            String json = ApiJson.jsonb().type(AttachRequest.class).toJson(body);
            return timed("attach", UnixHttpClient.request("POST", "/bailey/attach", json));
        }

        @Override
        public long detach(int slot) throws IOException {
            DetachRequest body = new DetachRequest(sandboxes.path(slot).toString(), null, null);
            String json = ApiJson.jsonb().type(DetachRequest.class).toJson(body);
            return timed("detach", UnixHttpClient.request("POST", "/bailey/detach", json));
        }

        private long timed(String what, byte[] request) throws IOException {
            long begin = System.nanoTime();
            HttpAnswer answer = http.exchange(request);
            long nanos = System.nanoTime() - begin;
            answer.orThrow(what);
            return nanos;
        }

        @Override
        public void close() throws IOException {
            http.close();
        }
    }
}
