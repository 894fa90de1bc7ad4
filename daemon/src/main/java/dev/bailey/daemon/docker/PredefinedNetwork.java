package dev.bailey.daemon.docker;

import dev.bailey.api.network.ConfigReference;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.api.network.Ipam;
import dev.bailey.api.network.NetworkContainer;
import dev.bailey.api.network.NetworkResource;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.NetworkMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Docker lists as a network and is none: a container named for it has the host's own network, or nothing but loopback.
 * The engine knows nothing of it. Pure.
 */
enum PredefinedNetwork {
    /** The host's own network. */
    HOST("host", "host", "05"),
    /** Loopback alone. */
    NONE("none", "null", "00");

    private static final int ID_BYTES = 32;
    private static final int SHORT_ID = 12;

    private final String networkName;
    private final String driver;
    private final String id;

    /** The id is the same on every host: a digit pair again and again, which no random id is. */
    PredefinedNetwork(String networkName, String driver, String pair) {
        this.networkName = networkName;
        this.driver = driver;
        this.id = pair.repeat(ID_BYTES);
    }

    /** The one of a name or an id; of that no less than the short id counts, for networks have random ones. */
    static Optional<PredefinedNetwork> find(String reference) {
        return Stream.of(values())
                .filter(each -> each.networkName.equals(reference)
                        || reference.length() >= SHORT_ID && each.id.startsWith(reference))
                .findFirst();
    }

    /** The one that a container has instead of networks. */
    static Optional<PredefinedNetwork> of(NetworkMode mode) {
        return switch (mode) {
            case NETWORKS, CONTAINER -> Optional.empty();
            case NONE -> Optional.of(NONE);
            case HOST -> Optional.of(HOST);
        };
    }

    String networkName() {
        return networkName;
    }

    /** Whether it is one of those that a list is to show. */
    boolean isAccepted(Filters filters) {
        return filters.accept("name", networkName::contains)
                && filters.accept("id", id::startsWith)
                && filters.accept("driver", driver::equals)
                && filters.accept("scope", "local"::equals)
                && filters.accept("type", "builtin"::equals)
                && filters.accept("dangling", on -> !List.of("true", "1").contains(on))
                && filters.acceptLabels(Map.of());
    }

    /** One of a list. */
    NetworkResource summary() {
        return resource(Map.of());
    }

    /** With the containers that run in it. */
    NetworkResource inspect(List<Container> containers) {
        Map<String, NetworkContainer> inside = new TreeMap<>();
        containers.stream()
                .filter(Container::running)
                .filter(container -> of(container.spec().networkMode()).equals(Optional.of(this)))
                .forEach(container ->
                        inside.put(container.id().value(), new NetworkContainer(container.name(), "", "", "", "")));
        return resource(inside);
    }

    private NetworkResource resource(Map<String, NetworkContainer> containers) {
        return new NetworkResource(
                networkName,
                id,
                Times.text(Instant.EPOCH),
                "local",
                driver,
                true,
                false,
                new Ipam("default", Map.of(), List.of()),
                false,
                false,
                false,
                new ConfigReference(""),
                false,
                containers,
                Map.of(),
                Map.of());
    }

    /** What stands in the place of an endpoint for a container. */
    EndpointSettings endpoint() {
        return new EndpointSettings(null, List.of(), "", id, "", "", "", 0, "", "", 0, List.of(), 0, Map.of());
    }

    /** The error of whoever asks to have a container join or leave it. */
    HttpFailure unchangeable() {
        return HttpFailure.badRequest("a container has network " + networkName
                + " from its making to its end, and no other beside it: make one with --network " + networkName);
    }
}
