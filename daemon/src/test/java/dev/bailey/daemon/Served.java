package dev.bailey.daemon;

import dev.bailey.daemon.http.HttpServer;
import dev.bailey.daemon.http.RawClient;
import dev.bailey.daemon.http.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Some routes behind a real socket, for tests of handlers. */
public final class Served implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;

    private Served(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Serves the routes until closed. */
    public static Served routes(List<Route> routes) throws IOException {
        Path folder = Files.createTempDirectory("bailey-served");
        Served served = new Served(folder, new HttpServer(routes, Map.of(), Failures::of));
        served.server.listen(served.socket());
        return served;
    }

    /** Where it listens. */
    public Path socket() {
        return folder.resolve("s");
    }

    /** The whole answer to a request without a body. */
    public String get(String target) throws IOException {
        return RawClient.exchange(socket(), RawClient.request("GET", target, ""));
    }

    /** The whole answer to a request with a body. */
    public String post(String target, String body) throws IOException {
        return RawClient.exchange(socket(), RawClient.request("POST", target, body));
    }

    /** The whole answer to a request to remove something. */
    public String delete(String target) throws IOException {
        return RawClient.exchange(socket(), RawClient.request("DELETE", target, ""));
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket());
        Files.delete(folder);
    }
}
