package dev.bailey.bench.contender;

import dev.bailey.bench.http.HttpAnswer;
import dev.bailey.bench.http.UnixHttpClient;
import java.io.IOException;
import java.nio.file.Path;

/** A client that makes and removes networks, in the words of Docker's API, which the daemons have in common. */
public final class NetworkCaller implements AutoCloseable {
    private final UnixHttpClient http;

    private NetworkCaller(UnixHttpClient http) {
        this.http = http;
    }

    /** Connects to a daemon's socket. */
    static NetworkCaller connect(Path socket) throws IOException {
        return new NetworkCaller(UnixHttpClient.connect(socket));
    }

    /** Makes a network with a subnet of the daemon's choice; returns how long that took, in nanoseconds. */
    public long create(String name) throws IOException {
        String body = "{\"Name\": \"" + name + "\", \"Driver\": \"bridge\"}";
        return timed("create network " + name, UnixHttpClient.request("POST", "/networks/create", body));
    }

    /** Removes a network; returns how long that took, in nanoseconds. */
    public long remove(String name) throws IOException {
        return timed("remove network " + name, UnixHttpClient.request("DELETE", "/networks/" + name));
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
