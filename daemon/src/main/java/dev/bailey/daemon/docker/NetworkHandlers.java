package dev.bailey.daemon.docker;

import dev.bailey.api.network.ConnectRequest;
import dev.bailey.api.network.CreateNetworkRequest;
import dev.bailey.api.network.CreateNetworkResponse;
import dev.bailey.api.network.DisconnectRequest;
import dev.bailey.api.network.NetworkResource;
import dev.bailey.api.network.PrunedNetworks;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.ContainerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Networks: to look at, to make and remove, to join and leave. */
public final class NetworkHandlers {
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int FORBIDDEN = 403;
    private static final Set<String> FILTERS = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");
    private static final Set<String> PRUNE_FILTERS = Set.of("label", "until");

    private final NetworkActions networks;

    /** Handlers for what there is at the moment of a request. */
    public NetworkHandlers(NetworkActions networks) {
        this.networks = networks;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.get("/networks", this::list),
                Route.post("/networks/create", this::create),
                Route.post("/networks/prune", this::prune),
                Route.get("/networks/{id}", this::inspect),
                Route.delete("/networks/{id}", this::remove),
                Route.post("/networks/{id}/connect", this::connect),
                Route.post("/networks/{id}/disconnect", this::disconnect));
    }

    private void list(Exchange exchange) throws IOException {
        Snapshot snapshot = networks.snapshot();
        Filters filters = Filters.of(exchange.query(), FILTERS);
        List<NetworkResource> selected = Stream.concat(
                        snapshot.networks().stream()
                                .filter(network -> accepts(filters, network, snapshot))
                                .map(NetworkViews::summary),
                        Stream.of(PredefinedNetwork.values())
                                .filter(network -> network.isAccepted(filters))
                                .map(PredefinedNetwork::summary))
                .sorted(Comparator.comparing(NetworkResource::name))
                .toList();
        exchange.json(200, selected);
    }

    private static boolean accepts(Filters filters, Network network, Snapshot snapshot) {
        boolean dangling =
                !network.isDefault() && snapshot.endpointsOn(network.id()).isEmpty();
        return filters.accept("name", name -> network.name().contains(name))
                && filters.accept("id", id -> network.id().value().startsWith(id))
                && filters.accept("driver", "bridge"::equals)
                && filters.accept("scope", "local"::equals)
                && filters.accept("type", type -> type.equals(network.isDefault() ? "builtin" : "custom"))
                && filters.accept("dangling", on -> List.of("true", "1").contains(on) == dangling)
                && filters.acceptLabels(network.details().labels());
    }

    private void create(Exchange exchange) throws IOException {
        Network network = networks.create(NetworkRequests.network(exchange.body(CreateNetworkRequest.class)));
        exchange.json(CREATED, new CreateNetworkResponse(network.id().value(), ""));
    }

    private void inspect(Exchange exchange) throws IOException {
        Snapshot snapshot = networks.snapshot();
        String reference = exchange.parameter("id");
        Optional<PredefinedNetwork> predefined = PredefinedNetwork.find(reference);
        exchange.json(
                200,
                predefined.isPresent()
                        ? predefined.get().inspect(networks.allContainers())
                        : NetworkViews.inspect(find(snapshot, reference), snapshot));
    }

    private void remove(Exchange exchange) throws IOException {
        PredefinedNetwork.find(exchange.parameter("id")).ifPresent(kept -> {
            throw new HttpFailure(
                    FORBIDDEN, "network " + kept.networkName() + " is a pre-defined network and cannot be removed");
        });
        Network network = named(exchange);
        try {
            networks.remove(network.id());
        } catch (EngineException refusal) {
            throw refusal.code() == ErrorCode.CONFLICT
                    ? new HttpFailure(FORBIDDEN, String.valueOf(refusal.getMessage()))
                    : refusal;
        }
        exchange.empty(NO_CONTENT);
    }

    /** Whoever joins a network meanwhile keeps it. */
    private void prune(Exchange exchange) throws IOException {
        Filters filters = Filters.of(exchange.query(), PRUNE_FILTERS);
        Snapshot snapshot = networks.snapshot();
        List<String> gone = new ArrayList<>();
        for (Network network : snapshot.networks()) {
            boolean unused =
                    !network.isDefault() && snapshot.endpointsOn(network.id()).isEmpty();
            if (unused && filters.acceptLabels(network.details().labels()) && isOlder(network, filters)) {
                try {
                    networks.remove(network.id());
                    gone.add(network.name());
                } catch (EngineException refusal) {
                    if (refusal.code() != ErrorCode.CONFLICT && refusal.code() != ErrorCode.NOT_FOUND) {
                        throw refusal;
                    }
                }
            }
        }
        exchange.json(200, new PrunedNetworks(gone.stream().sorted().toList()));
    }

    private static boolean isOlder(Network network, Filters filters) {
        return filters.values("until").stream()
                .allMatch(until -> network.details().created().isBefore(Times.parse("filter until", until)));
    }

    private void connect(Exchange exchange) throws IOException {
        ConnectRequest request = exchange.body(ConnectRequest.class);
        Network network = changeable(exchange);
        networks.connect(request.container(), NetworkRequests.membership(network.name(), request.endpointConfig()));
        exchange.empty(200);
    }

    private void disconnect(Exchange exchange) throws IOException {
        DisconnectRequest request = exchange.body(DisconnectRequest.class);
        Network network = changeable(exchange);
        try {
            networks.disconnect(request.container(), network.name());
        } catch (ContainerException unknown) {
            if (unknown.kind() != ContainerException.Kind.NOT_FOUND || !request.force()) {
                throw unknown;
            }
        }
        exchange.empty(200);
    }

    private Network changeable(Exchange exchange) {
        PredefinedNetwork.find(exchange.parameter("id")).ifPresent(fixed -> {
            throw fixed.unchangeable();
        });
        return named(exchange);
    }

    private Network named(Exchange exchange) {
        return find(networks.snapshot(), exchange.parameter("id"));
    }

    /** By full id, else by name, else by the only id that begins so. */
    static Network find(Snapshot snapshot, String reference) {
        Optional<Network> exact = snapshot.networks().stream()
                .filter(network -> network.id().value().equals(reference))
                .findFirst()
                .or(() -> snapshot.networkNamed(reference));
        if (exact.isPresent()) {
            return exact.get();
        }
        List<Network> matches = snapshot.networks().stream()
                .filter(network -> network.id().value().startsWith(reference))
                .toList();
        if (matches.size() > 1) {
            throw HttpFailure.badRequest(
                    "network " + reference + " is ambiguous (" + matches.size() + " matches found based on ID prefix)");
        }
        return matches.stream()
                .findFirst()
                .orElseThrow(() -> HttpFailure.notFound("network " + reference + " not found"));
    }
}
