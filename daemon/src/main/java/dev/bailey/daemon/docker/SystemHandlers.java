package dev.bailey.daemon.docker;

import dev.bailey.api.ApiVersion;
import dev.bailey.api.system.InfoPlugins;
import dev.bailey.api.system.InfoResponse;
import dev.bailey.api.system.InfoRuntime;
import dev.bailey.api.system.VersionComponent;
import dev.bailey.api.system.VersionPlatform;
import dev.bailey.api.system.VersionResponse;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.Containers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The daemon about itself. */
public final class SystemHandlers {
    private final Containers containers;
    private final String version;
    private final Path dataRoot;
    private final InstantSource clock;

    /**
     * Handlers of one daemon.
     *
     * @param version the daemon's version
     * @param dataRoot the folder of what it keeps
     */
    public SystemHandlers(Containers containers, String version, Path dataRoot, InstantSource clock) {
        this.containers = containers;
        this.version = version;
        this.dataRoot = dataRoot;
        this.clock = clock;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(Route.get("/version", this::version), Route.get("/info", this::info));
    }

    private void version(Exchange exchange) throws IOException {
        Map<String, String> details = Map.of(
                "ApiVersion", ApiVersion.NEWEST.toString(),
                "MinAPIVersion", ApiVersion.OLDEST.toString(),
                "Os", "linux",
                "Arch", Host.goArchitecture(),
                "KernelVersion", Host.kernelRelease(),
                "JavaVersion", Runtime.version().toString());
        exchange.json(
                200,
                new VersionResponse(
                        new VersionPlatform("Bailey"),
                        List.of(new VersionComponent("Engine", version, details)),
                        version,
                        ApiVersion.NEWEST.toString(),
                        ApiVersion.OLDEST.toString(),
                        "",
                        "linux",
                        Host.goArchitecture(),
                        Host.kernelRelease(),
                        ""));
    }

    private void info(Exchange exchange) throws IOException {
        List<Container> all = containers.list();
        int running = (int) all.stream().filter(Container::running).count();
        exchange.json(
                200,
                new InfoResponse(
                        Host.name(),
                        all.size(),
                        running,
                        0,
                        all.size() - running,
                        containers.images().list().size(),
                        "overlay2",
                        new InfoPlugins(List.of(), List.of("bridge"), List.of("json-file")),
                        Host.forwards(),
                        "json-file",
                        "cgroupfs",
                        Host.cgroupVersion(),
                        Host.kernelRelease(),
                        Host.operatingSystem(),
                        "linux",
                        Host.architecture(),
                        Runtime.getRuntime().availableProcessors(),
                        Host.memoryBytes(),
                        dataRoot.toString(),
                        Host.name(),
                        version,
                        Map.of("runc", new InfoRuntime("runc")),
                        "runc",
                        List.of(),
                        Times.text(clock.instant()),
                        List.of()));
    }
}
