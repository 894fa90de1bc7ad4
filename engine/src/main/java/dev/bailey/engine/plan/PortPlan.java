package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What published ports need of their networks, besides rules. */
public final class PortPlan {
    private PortPlan() {}

    /**
     * Returns the setting without which the host does not reach ports at 127.0.0.1: the kernel lets packets from there out of
     * no link but those that may route such addresses. Only a bridge of the engine's may, and the rules see to it that
     * nothing else comes of it.
     *
     * @param ports ports that are published on the network
     * @return empty when it is not needed
     */
    public static Optional<String> setting(Network network, Collection<PublishedPort> ports) {
        boolean needed = network.owner() == BridgeOwner.ENGINE
                && ports.stream().anyMatch(port -> port.mapping().isOnLoopback());
        return needed
                ? Optional.of("net.ipv4.conf." + network.bridge().value().replace('.', '/') + ".route_localnet")
                : Optional.empty();
    }

    /**
     * Returns the steps that switch the setting on where it is off.
     *
     * @param read reads a setting; empty where there is none
     */
    public static List<Step> settings(
            Network network, Collection<PublishedPort> ports, Function<String, Optional<String>> read) {
        return setting(network, ports).stream()
                .flatMap(name -> read
                        .apply(name)
                        .filter(value -> !value.equals("1"))
                        .map(value -> (Step) new Step.WriteSetting(name, "1", value))
                        .stream())
                .toList();
    }

    /** Returns what the endpoints on a network publish; O(its endpoints). */
    public static List<PublishedPort> on(Snapshot model, Network network) {
        return model.endpointsOn(network.id()).stream()
                .flatMap(endpoint -> model.ports().of(endpoint.id()).stream())
                .toList();
    }
}
