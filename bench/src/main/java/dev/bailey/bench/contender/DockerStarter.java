package dev.bailey.bench.contender;

import dev.bailey.bench.http.HttpAnswer;
import dev.bailey.bench.http.UnixHttpClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * A client of Docker's that starts and stops containers: an attach is the start of one that was made before, a detach its end.
 * What starting takes besides is in a start without ports as well.
 */
final class DockerStarter implements Client {
    private static final String EXPOSED = "\"%d/tcp\": {}";
    private static final String PORT = "\"%d/tcp\": [{\"HostPort\": \"%d\"}]";

    /** A client before this one has made the container. */
    private static final int CONFLICT = 409;

    private final UnixHttpClient http;
    private final String network;
    private final boolean publishing;
    private final Set<Integer> made = new HashSet<>();

    /** Owns the connection. */
    DockerStarter(UnixHttpClient http, String network, boolean publishing) {
        this.http = http;
        this.network = network;
        this.publishing = publishing;
    }

    private String container(int slot) {
        return (publishing ? "ports" : "plain") + slot;
    }

    @Override
    public long attach(int slot) throws IOException {
        if (made.add(slot)) {
            String body = """
                    {"Image": "bench:latest", "Cmd": ["/bin/sleep", "1000000"], "StopSignal": "SIGKILL", "ExposedPorts": {%s},
                     "HostConfig": {"NetworkMode": "%s", "PortBindings": {%s}}}""".formatted(
                            publishing ? PortBlock.json(slot, EXPOSED) : "",
                            network,
                            publishing ? PortBlock.json(slot, PORT) : "");
            HttpAnswer answer =
                    http.exchange(UnixHttpClient.request("POST", "/containers/create?name=" + container(slot), body));
            if (answer.status() != CONFLICT) {
                answer.orThrow("Docker's create");
            }
        }
        return timed(slot, "start");
    }

    @Override
    public long detach(int slot) throws IOException {
        return timed(slot, "stop?t=0");
    }

    private long timed(int slot, String verb) throws IOException {
        long begin = System.nanoTime();
        HttpAnswer answer =
                http.exchange(UnixHttpClient.request("POST", "/containers/" + container(slot) + "/" + verb));
        long nanos = System.nanoTime() - begin;
        answer.orThrow("Docker's " + verb);
        return nanos;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
