package dev.bailey.engine.view;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A bridge of the host and what is plugged into it.
 *
 * @param bridge the bridge's link
 * @param facts what only a bridge has
 * @param network the name of the engine's network on it; empty for a bridge of others
 * @param ports its ports, by name
 */
public record BridgeView(ObservedLink bridge, ObservedLink.Bridge facts, String network, List<Port> ports) {
    /** Copies the list. */
    public BridgeView {
        ports = List.copyOf(ports);
    }

    /**
     * A port of a bridge.
     *
     * @param link its link
     * @param endpoint the engine's endpoint that it is the host end of; empty for a port of others
     * @param sandbox the name of that endpoint's sandbox; empty for a port of others
     */
    public record Port(ObservedLink link, Optional<Endpoint> endpoint, String sandbox) {}

    /** Returns every bridge among the links, by name; O((links + endpoints) × log links). */
    public static List<BridgeView> of(List<ObservedLink> links, Snapshot snapshot) {
        Map<Integer, List<ObservedLink>> ports = links.stream()
                .filter(link -> link.master() != 0)
                .sorted(Comparator.comparing(ObservedLink::name))
                .collect(Collectors.groupingBy(ObservedLink::master));
        // By text: other programs may give a link a name that the engine would not.
        Map<String, Network> networks = snapshot.networks().stream()
                .collect(Collectors.toMap(network -> network.bridge().value(), Function.identity()));
        Map<String, Endpoint> endpoints = snapshot.endpoints().stream()
                .collect(Collectors.toMap(endpoint -> endpoint.hostEnd().value(), Function.identity()));
        return links.stream()
                .filter(link -> link.bridge().isPresent())
                .sorted(Comparator.comparing(ObservedLink::name))
                .map(link -> new BridgeView(
                        link,
                        link.bridge().orElseThrow(),
                        Optional.ofNullable(networks.get(link.name()))
                                .map(Network::name)
                                .orElse(""),
                        ports.getOrDefault(link.index(), List.of()).stream()
                                .map(port -> port(port, Optional.ofNullable(endpoints.get(port.name())), snapshot))
                                .toList()))
                .toList();
    }

    private static Port port(ObservedLink link, Optional<Endpoint> endpoint, Snapshot snapshot) {
        String sandbox = endpoint.flatMap(found -> snapshot.sandbox(found.sandbox()))
                .map(Sandbox::name)
                .orElse("");
        return new Port(link, endpoint, sandbox);
    }
}
