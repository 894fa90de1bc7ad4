package dev.bailey.daemon.view;

import dev.bailey.api.view.KnownName;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpAddress;
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

    /** An endpoint by one of its addresses. */
    private record Held(Endpoint endpoint, IpAddress address) {}

    /**
     * The names that there are, or those that mean one thing, with a line for each address: that of IPv6 comes last.
     *
     * @param wanted a name, a name with that of its network, or an address of either family; empty for all
     */
    static List<KnownName> names(Snapshot snapshot, Optional<String> wanted) {
        Stream<Held> held = wanted.isEmpty()
                ? snapshot.endpoints().stream().flatMap(NameHandlers::addresses)
                : snapshot.networks().stream().flatMap(network -> found(snapshot, network, wanted.get()));
        Comparator<Held> byAddress = Comparator.comparing(Held::address, IpAddress.ORDER);
        return held.distinct()
                .sorted(byAddress)
                .map(each -> view(snapshot, each))
                .sorted(Comparator.comparing(KnownName::network).thenComparing(KnownName::sandbox))
                .toList();
    }

    private static Stream<Held> addresses(Endpoint endpoint) {
        return endpoint.addresses().stream().map(address -> new Held(endpoint, address.address()));
    }

    private static Stream<Held> found(Snapshot snapshot, Network network, String wanted) {
        String name = wanted.toLowerCase(Locale.ROOT);
        String suffix = "." + network.name().toLowerCase(Locale.ROOT);
        Collection<Endpoint> named = snapshot.endpointsNamed(network.id(), name);
        if (named.isEmpty() && name.endsWith(suffix)) {
            named = snapshot.endpointsNamed(network.id(), name.substring(0, name.length() - suffix.length()));
        }
        return named.isEmpty() ? at(snapshot, network, wanted) : named.stream().flatMap(NameHandlers::addresses);
    }

    private static Stream<Held> at(Snapshot snapshot, Network network, String text) {
        try {
            IpAddress address = IpAddress.parse(text);
            return snapshot.endpointAt(network.id(), address).stream().map(endpoint -> new Held(endpoint, address));
        } catch (IllegalArgumentException noAddress) {
            return Stream.empty();
        }
    }

    private static KnownName view(Snapshot snapshot, Held held) {
        Endpoint endpoint = held.endpoint();
        Sandbox sandbox = snapshot.sandbox(endpoint.sandbox()).orElseThrow();
        String network = snapshot.network(endpoint.network()).map(Network::name).orElse("");
        Set<String> names = snapshot.namesOf(endpoint);
        return new KnownName(
                sandbox.name(),
                List.copyOf(names),
                network,
                held.address().toString(),
                sandbox.id().value());
    }
}
