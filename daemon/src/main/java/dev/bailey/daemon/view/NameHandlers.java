package dev.bailey.daemon.view;

import dev.bailey.api.view.KnownName;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The route that tells which names the engine knows on which network, and whose they are. */
public final class NameHandlers {
    private final Supplier<Snapshot> snapshots;

    /** Handlers for what exists at each moment. */
    public NameHandlers(Supplier<Snapshot> snapshots) {
        this.snapshots = snapshots;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(Route.get("/bailey/dns", this::names));
    }

    private void names(Exchange exchange) throws IOException {
        exchange.json(200, names(snapshots.get(), exchange.query().text("name")));
    }

    /**
     * The names that there are, or those that mean one thing.
     *
     * @param wanted a name, a name with that of its network, or an address; empty for all
     */
    static List<KnownName> names(Snapshot snapshot, Optional<String> wanted) {
        Stream<Endpoint> endpoints = wanted.isEmpty()
                ? snapshot.endpoints().stream()
                : snapshot.networks().stream().flatMap(network -> found(snapshot, network, wanted.get()).stream());
        return endpoints
                .distinct()
                .map(endpoint -> view(snapshot, endpoint))
                .sorted(Comparator.comparing(KnownName::network)
                        .thenComparing(KnownName::sandbox)
                        .thenComparing(KnownName::address))
                .toList();
    }

    private static Collection<Endpoint> found(Snapshot snapshot, Network network, String wanted) {
        String name = wanted.toLowerCase(Locale.ROOT);
        String suffix = "." + network.name().toLowerCase(Locale.ROOT);
        Collection<Endpoint> named = snapshot.endpointsNamed(network.id(), name);
        if (named.isEmpty() && name.endsWith(suffix)) {
            named = snapshot.endpointsNamed(network.id(), name.substring(0, name.length() - suffix.length()));
        }
        return named.isEmpty() ? at(snapshot, network, wanted) : named;
    }

    private static Collection<Endpoint> at(Snapshot snapshot, Network network, String address) {
        return snapshot.endpointsOn(network.id()).stream()
                .filter(endpoint -> endpoint.addresses().stream()
                        .anyMatch(each -> each.address().toString().equals(address)))
                .toList();
    }

    private static KnownName view(Snapshot snapshot, Endpoint endpoint) {
        Sandbox sandbox = snapshot.sandbox(endpoint.sandbox()).orElseThrow();
        String network = snapshot.network(endpoint.network()).map(Network::name).orElse("");
        Set<String> names = snapshot.namesOf(endpoint);
        return new KnownName(
                sandbox.name(),
                List.copyOf(names),
                network,
                endpoint.addresses().getFirst().address().toString(),
                sandbox.id().value());
    }
}
