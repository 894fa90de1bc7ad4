package dev.bailey.daemon.docker;

import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.api.container.CreateContainerResponse;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Query;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerId;
import dev.bailey.runtime.Containers;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The lives of containers. */
public final class ContainerHandlers {
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final Containers containers;
    private final Supplier<Snapshot> networks;
    private final InstantSource clock;

    /**
     * Handlers for these containers.
     *
     * @param networks the engine's state at the moment of the call
     */
    public ContainerHandlers(Containers containers, Supplier<Snapshot> networks, InstantSource clock) {
        this.containers = containers;
        this.networks = networks;
        this.clock = clock;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.get("/containers/json", this::list),
                Route.post("/containers/create", this::create),
                Route.get("/containers/{id}/json", this::inspect),
                Route.post("/containers/{id}/start", this::start),
                Route.post("/containers/{id}/stop", this::stop),
                Route.post("/containers/{id}/restart", this::restart),
                Route.post("/containers/{id}/kill", this::kill),
                Route.post("/containers/{id}/resize", this::resize),
                Route.delete("/containers/{id}", this::remove));
    }

    private void list(Exchange exchange) throws IOException {
        exchange.json(200, ContainerList.select(containers.list(), exchange.query(), networks.get(), clock.instant()));
    }

    private void create(Exchange exchange) throws IOException {
        CreateContainerRequest request = exchange.body(CreateContainerRequest.class);
        UnsupportedSettings.check(exchange.body());
        ContainerId id =
                containers.create(ContainerRequests.container(exchange.query().text("name"), request));
        exchange.json(CREATED, new CreateContainerResponse(id.value(), List.of()));
    }

    private void inspect(Exchange exchange) throws IOException {
        exchange.json(200, ContainerViews.inspect(named(exchange), networks.get()));
    }

    private void start(Exchange exchange) throws IOException {
        exchange.empty(containers.start(named(exchange).id()) ? NO_CONTENT : NOT_MODIFIED);
    }

    private void stop(Exchange exchange) throws IOException {
        exchange.empty(containers.stop(named(exchange).id(), grace(exchange)) ? NO_CONTENT : NOT_MODIFIED);
    }

    private void restart(Exchange exchange) throws IOException {
        ContainerId id = named(exchange).id();
        containers.stop(id, grace(exchange));
        containers.start(id);
        exchange.empty(NO_CONTENT);
    }

    private static Optional<Duration> grace(Exchange exchange) {
        return exchange.query().number("t").stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst();
    }

    private void kill(Exchange exchange) throws IOException {
        containers.kill(named(exchange).id(), exchange.query().text("signal").orElse("SIGKILL"));
        exchange.empty(NO_CONTENT);
    }

    private void resize(Exchange exchange) throws IOException {
        Size size = Size.of(exchange.query());
        containers.resize(named(exchange).id(), size.rows(), size.columns());
        exchange.empty(200);
    }

    private void remove(Exchange exchange) throws IOException {
        containers.remove(named(exchange).id(), exchange.query().flag("force"));
        exchange.empty(NO_CONTENT);
    }

    private Container named(Exchange exchange) {
        return containers.inspect(exchange.parameter("id"));
    }

    /**
     * The size of a terminal in characters.
     *
     * @param rows its height
     * @param columns its width
     */
    record Size(int rows, int columns) {
        private static final int MAX = 65535;

        static Size of(Query query) {
            return new Size(side(query, "h"), side(query, "w"));
        }

        private static int side(Query query, String name) {
            int value = query.number(name).orElse(-1);
            if (value < 0 || value > MAX) {
                throw HttpFailure.badRequest(
                        "query parameter " + name + " must be a number of characters from 0 to " + MAX);
            }
            return value;
        }
    }
}
