package dev.bailey.daemon.docker;

import dev.bailey.api.network.NetworkResource;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Snapshot;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Networks, to look at. */
public final class NetworkHandlers {
    private static final Set<String> FILTERS = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");

    private final Supplier<Snapshot> networks;

    /** Handlers for what the engine has at the moment of a request. */
    public NetworkHandlers(Supplier<Snapshot> networks) {
        this.networks = networks;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(Route.get("/networks", this::list), Route.get("/networks/{id}", this::inspect));
    }

    private void list(Exchange exchange) throws IOException {
        Snapshot snapshot = networks.get();
        Filters filters = Filters.of(exchange.query(), FILTERS);
        List<NetworkResource> selected = snapshot.networks().stream()
                .filter(network -> accepts(filters, network, snapshot))
                .sorted(Comparator.comparing(Network::name))
                .map(NetworkViews::summary)
                .toList();
        exchange.json(200, selected);
    }

    private static boolean accepts(Filters filters, Network network, Snapshot snapshot) {
        boolean builtIn = network.name().equals(Network.DEFAULT_NAME);
        boolean dangling = !builtIn && snapshot.endpointsOn(network.id()).isEmpty();
        return filters.accept("name", name -> network.name().contains(name))
                && filters.accept("id", id -> network.id().value().startsWith(id))
                && filters.accept("driver", "bridge"::equals)
                && filters.accept("scope", "local"::equals)
                && filters.accept("type", type -> type.equals(builtIn ? "builtin" : "custom"))
                && filters.accept("dangling", on -> List.of("true", "1").contains(on) == dangling)
                && filters.values("label").isEmpty();
    }

    private void inspect(Exchange exchange) throws IOException {
        Snapshot snapshot = networks.get();
        exchange.json(200, NetworkViews.inspect(find(snapshot, exchange.parameter("id")), snapshot));
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
