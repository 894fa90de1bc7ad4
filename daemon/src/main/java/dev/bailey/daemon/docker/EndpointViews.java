package dev.bailey.daemon.docker;

import dev.bailey.api.container.NetworkSettings;
import dev.bailey.api.network.EndpointIpamConfig;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.engine.dns.LocalNames;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerNetwork;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sandboxes and endpoints of containers in Docker's words. */
final class EndpointViews {
    private EndpointViews() {}

    /** The endpoints of a container by their network's name; what it asks for where it has none. */
    static Map<String, EndpointSettings> of(Container container, Snapshot snapshot) {
        Map<String, EndpointSettings> endpoints = new TreeMap<>();
        PredefinedNetwork.of(container.spec().networkMode())
                .ifPresent(instead -> endpoints.put(instead.networkName(), instead.endpoint()));
        for (ContainerNetwork network : container.spec().networks()) {
            endpoints.put(network.network(), absent(network, snapshot));
        }
        for (Endpoint endpoint : snapshot.endpointsOf(sandbox(container))) {
            String name =
                    snapshot.network(endpoint.network()).map(Network::name).orElse("");
            endpoints.put(name, settings(container, name, endpoint, snapshot));
        }
        return endpoints;
    }

    /** Everything about a container's sandbox; fields of Docker that stand for the default network are filled in. */
    static NetworkSettings settings(Container container, Snapshot snapshot) {
        SandboxId id = sandbox(container);
        Map<String, EndpointSettings> networks = of(container, snapshot);
        Optional<Endpoint> first = snapshot.endpointsOf(id).stream()
                .min(Comparator.comparing(e -> e.interfaceName().value()));
        return new NetworkSettings(
                snapshot.sandbox(id).map(sandbox -> sandbox.id().value()).orElse(""),
                snapshot.sandbox(id).map(sandbox -> sandbox.netns().toString()).orElse(""),
                PortBindings.of(
                        published(container, snapshot), container.spec().ports().exposedPorts()),
                first.map(e -> e.id().value()).orElse(""),
                first.map(EndpointViews::ipv4Gateway).orElse(""),
                first.map(EndpointViews::ipv4Address).orElse(""),
                first.map(EndpointViews::ipv4PrefixLength).orElse(0),
                first.map(e -> e.mac().toString()).orElse(""),
                networks,
                first.map(EndpointViews::ipv6Address).orElse(""),
                first.map(EndpointViews::ipv6PrefixLength).orElse(0),
                first.map(EndpointViews::ipv6Gateway).orElse(""));
    }

    /** What a container publishes; nothing while it does not run. */
    static List<PublishedPort> published(Container container, Snapshot snapshot) {
        return snapshot.endpointsOf(sandbox(container)).stream()
                .flatMap(endpoint -> snapshot.ports().of(endpoint.id()).stream())
                .toList();
    }

    private static SandboxId sandbox(Container container) {
        return new SandboxId(container.id().value());
    }

    private static EndpointSettings settings(
            Container container, String network, Endpoint endpoint, Snapshot snapshot) {
        Optional<ContainerNetwork> wished = container.spec().networks().stream()
                .filter(each -> each.network().equals(network))
                .findFirst();
        return new EndpointSettings(
                wish(wished),
                wished.map(ContainerNetwork::aliases).orElse(List.of()),
                endpoint.mac().toString(),
                endpoint.network().value(),
                endpoint.id().value(),
                ipv4Gateway(endpoint),
                ipv4Address(endpoint),
                ipv4PrefixLength(endpoint),
                ipv6Gateway(endpoint),
                ipv6Address(endpoint),
                ipv6PrefixLength(endpoint),
                names(endpoint, snapshot),
                endpoint.gatewayPriority(),
                wished.map(EndpointOptions::print).orElse(null));
    }

    private static List<String> names(Endpoint endpoint, Snapshot snapshot) {
        return snapshot.network(endpoint.network())
                .filter(LocalNames::isServed)
                .map(_ -> List.copyOf(snapshot.namesOf(endpoint)))
                .orElse(List.of());
    }

    private static EndpointSettings absent(ContainerNetwork network, Snapshot snapshot) {
        String id = snapshot.networkNamed(network.network())
                .map(known -> known.id().value())
                .orElse("");
        return new EndpointSettings(
                wish(Optional.of(network)),
                network.aliases(),
                network.mac().orElse(""),
                id,
                "",
                "",
                "",
                0,
                "",
                "",
                0,
                List.of(),
                network.gatewayPriority(),
                EndpointOptions.print(network));
    }

    private static @Nullable EndpointIpamConfig wish(Optional<ContainerNetwork> network) {
        return EndpointIpamConfig.of(
                network.flatMap(ContainerNetwork::address).orElse(null),
                network.flatMap(ContainerNetwork::ipv6Address).orElse(null));
    }

    private static String ipv4Address(Endpoint endpoint) {
        return endpoint.ipv4().map(part -> part.address().address().toString()).orElse("");
    }

    private static int ipv4PrefixLength(Endpoint endpoint) {
        return endpoint.ipv4().map(part -> part.address().prefixLength()).orElse(0);
    }

    private static String ipv4Gateway(Endpoint endpoint) {
        return endpoint.ipv4().map(part -> part.gateway().toString()).orElse("");
    }

    private static String ipv6Address(Endpoint endpoint) {
        return endpoint.ipv6().map(part -> part.address().address().toString()).orElse("");
    }

    private static int ipv6PrefixLength(Endpoint endpoint) {
        return endpoint.ipv6().map(part -> part.address().prefixLength()).orElse(0);
    }

    private static String ipv6Gateway(Endpoint endpoint) {
        return endpoint.ipv6().map(part -> part.gateway().toString()).orElse("");
    }
}
