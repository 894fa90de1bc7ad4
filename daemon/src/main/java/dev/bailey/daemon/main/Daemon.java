package dev.bailey.daemon.main;

import dev.bailey.api.ApiVersion;
import dev.bailey.api.attachment.DaemonStatus;
import dev.bailey.daemon.Failures;
import dev.bailey.daemon.attachment.AttachmentHandlers;
import dev.bailey.daemon.docker.ContainerHandlers;
import dev.bailey.daemon.docker.EventHandlers;
import dev.bailey.daemon.docker.EventLog;
import dev.bailey.daemon.docker.EventMessages;
import dev.bailey.daemon.docker.ExecHandlers;
import dev.bailey.daemon.docker.ImageHandlers;
import dev.bailey.daemon.docker.NetworkHandlers;
import dev.bailey.daemon.docker.PingHandlers;
import dev.bailey.daemon.docker.StreamHandlers;
import dev.bailey.daemon.docker.SystemHandlers;
import dev.bailey.daemon.docker.WaitHandlers;
import dev.bailey.daemon.http.HttpServer;
import dev.bailey.daemon.http.Route;
import dev.bailey.daemon.service.ServiceManager;
import dev.bailey.daemon.service.Watchdog;
import dev.bailey.daemon.view.DoctorHandlers;
import dev.bailey.daemon.view.NameHandlers;
import dev.bailey.daemon.view.ViewHandlers;
import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.HostInspector;
import dev.bailey.engine.dns.ResolvConf;
import dev.bailey.engine.dns.server.NameServer;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.RuntimeOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon that serves: its parts, started in order and closed in the opposite one. */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final LiveSettings settings;
    private final DaemonOptions options;
    private final ServiceManager manager;
    private final InstantSource clock = InstantSource.system();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private @Nullable Engine engine;

    private Daemon(LiveSettings settings, ServiceManager manager) {
        this.settings = settings;
        this.options = settings.options();
        this.manager = manager;
    }

    /**
     * Starts a daemon; it serves when this returns.
     *
     * @param manager is told when it serves and when it stops, and gets its signs of life
     * @throws StartException when something is in the way
     */
    static Daemon start(LiveSettings settings, ServiceManager manager) throws IOException {
        Daemon daemon = new Daemon(settings, manager);
        try {
            daemon.open();
            return daemon;
        } catch (IOException | RuntimeException | Error failure) {
            daemon.close();
            throw failure;
        }
    }

    private void open() throws IOException {
        SocketFile.checkFree(options.socket());
        parts.push(ExecRootLock.acquire(options.execRoot()));
        if (options.pidFile().isPresent()) {
            parts.push(PidFile.write(options.pidFile().get()));
        }
        Engine engine = opened(() -> Engine.start(engineOptions(options)));
        this.engine = engine;
        Containers containers = opened(() -> Containers.open(
                RuntimeOptions.of(options.dataRoot(), options.execRoot(), settings::dns),
                new EngineSandboxNetwork(engine)));
        NameServer names = opened(() -> NameServer.start(
                engine::snapshot, new ContainerDns(containers, settings::dns)::of, ResolvConf.HOST_FILE));
        engine.serveNames(names).join();
        HostInspector inspector = opened(() -> HostInspector.open(engine::snapshot));
        EventLog events = new EventLog();
        parts.push(
                engine.subscribe(event -> events.publish(EventMessages.of(event, clock.instant(), engine.snapshot()))));
        parts.push(containers.subscribe(event -> events.publish(EventMessages.of(event))));
        HttpServer server =
                new HttpServer(routes(engine, inspector, containers, events), commonHeaders(), Failures::of);
        parts.push(server);
        parts.push(SocketFile.open(options.socket(), server));
        parts.push(Watchdog.start(manager, engine::responds));
        parts.push(manager::stopping);
        manager.ready("serves " + options.socket());
        LOG.info(
                "Bailey {} serves {} (data in {}), {} ms after its process started",
                DaemonVersion.text(),
                options.socket(),
                options.dataRoot(),
                ProcessAge.now().toMillis());
    }

    private <T extends AutoCloseable> T opened(Supplier<T> opener) {
        T part = opener.get();
        parts.push(part);
        return part;
    }

    /** What the engine has to know of these options. */
    static EngineOptions engineOptions(DaemonOptions options) {
        return new EngineOptions(
                options.dataRoot(),
                options.execRoot(),
                options.defaultNetwork(),
                options.pools(),
                HostNameservers.read(),
                options.firewallBackend(),
                options.forwarding(),
                options.ipv6Pools());
    }

    /** Reads the settings again, as {@link LiveSettings#reload} does; any thread. */
    void reload() {
        if (engine != null) {
            manager.reloading();
            settings.reload(engine);
            manager.ready("serves " + options.socket());
        }
    }

    private List<Route> routes(Engine engine, HostInspector inspector, Containers containers, EventLog events) {
        DaemonStatus status = new DaemonStatus(
                DaemonVersion.text(),
                ProcessHandle.current().pid(),
                options.dataRoot().toString(),
                options.execRoot().toString());
        List<Route> routes = new ArrayList<>();
        routes.addAll(PingHandlers.routes());
        routes.addAll(new AttachmentHandlers(new EngineAttachments(engine), status).routes());
        routes.add(settings.route(engine));
        routes.addAll(new ViewHandlers(inspector).routes());
        routes.addAll(new NameHandlers(engine::snapshot).routes());
        routes.addAll(new DoctorHandlers(inspector, engine::health).routes());
        routes.addAll(new ContainerHandlers(containers, engine::snapshot, clock).routes());
        routes.addAll(new StreamHandlers(containers).routes());
        routes.addAll(new WaitHandlers(containers).routes());
        routes.addAll(new ExecHandlers(containers).routes());
        routes.addAll(new ImageHandlers(containers).routes());
        routes.addAll(new NetworkHandlers(new EngineNetworks(engine, containers)).routes());
        routes.addAll(new EventHandlers(events, clock, inspector::follow).routes());
        routes.addAll(new SystemHandlers(containers, DaemonVersion.text(), options.dataRoot(), clock).routes());
        return routes;
    }

    private static Map<String, String> commonHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Server", "Bailey/" + DaemonVersion.text() + " (linux)");
        headers.put("Api-Version", ApiVersion.NEWEST.toString());
        headers.put("Ostype", "linux");
        headers.put("Docker-Experimental", "false");
        return headers;
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
