package dev.bailey.daemon.main;

import dev.bailey.api.ApiVersion;
import dev.bailey.daemon.Failures;
import dev.bailey.daemon.docker.PingHandlers;
import dev.bailey.daemon.http.HttpServer;
import dev.bailey.daemon.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon that serves: its parts, started in order and closed in the opposite one. */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Daemon() {}

    /**
     * Starts a daemon; it serves when this returns.
     *
     * @throws StartException when something is in the way
     */
    static Daemon start(DaemonOptions options) throws IOException {
        Daemon daemon = new Daemon();
        try {
            daemon.open(options);
            return daemon;
        } catch (IOException | RuntimeException | Error failure) {
            daemon.close();
            throw failure;
        }
    }

    private void open(DaemonOptions options) throws IOException {
        SocketFile.checkFree(options.socket());
        if (options.pidFile().isPresent()) {
            parts.push(PidFile.write(options.pidFile().get()));
        }
        List<Route> routes = new ArrayList<>(PingHandlers.routes());
        HttpServer server = new HttpServer(routes, commonHeaders(), Failures::of);
        parts.push(server);
        parts.push(SocketFile.open(options.socket(), server));
        LOG.info(
                "Bailey {} serves {} (data in {}) {} ms after the JVM started",
                DaemonVersion.text(),
                options.socket(),
                options.dataRoot(),
                sinceStart().toMillis());
    }

    private static Map<String, String> commonHeaders() {
        return Map.of(
                "Server",
                "Bailey/" + DaemonVersion.text() + " (linux)",
                "Api-Version",
                ApiVersion.NEWEST.toString(),
                "Ostype",
                "linux",
                "Docker-Experimental",
                "false");
    }

    private static Duration sinceStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, java.time.Instant.now()))
                .orElse(Duration.ZERO);
    }

    /** Stops serving and closes every part; goes on past failures, which are logged. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part.getClass().getSimpleName(), e);
            }
        }
    }
}
