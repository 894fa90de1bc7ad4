package dev.bailey.engine.simulation;

import dev.bailey.engine.EngineAccess;
import dev.bailey.engine.ipam.AddressLeases;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.store.RecoveredState;
import dev.bailey.engine.store.RecoveredState.Phase;
import dev.bailey.engine.store.RecoveredState.RecoveredEndpoint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of the model, the leases and the journal whenever nothing is under way. */
final class Invariants {
    private final World world;
    private final Snapshot model;

    private Invariants(World world) {
        this.world = world;
        this.model = world.model();
    }

    /** Throws {@link Broken} at the first one that does not hold. */
    static void check(World world) {
        Invariants invariants = new Invariants(world);
        invariants.checkAddresses();
        invariants.checkLeases();
        invariants.checkPromises();
        invariants.checkJournal();
        world.remember(world.model());
        if (world.isSettled()) {
            invariants.checkEvents();
            KernelInvariants.check(world);
        }
    }

    static void require(boolean holds, String invariant, String how) {
        if (!holds) {
            throw new Broken(invariant, how);
        }
    }

    private void checkAddresses() {
        Map<Ipv4Address, Endpoint> holders = new HashMap<>();
        Set<String> macs = new HashSet<>();
        Set<Ipv6Address> ipv6 = new HashSet<>();
        for (Endpoint endpoint : model.endpoints()) {
            Network network = model.network(endpoint.network()).orElseThrow();
            endpoint.ipv4().ifPresent(part -> {
                Endpoint other = holders.put(part.address().address(), endpoint);
                require(
                        other == null,
                        "no address is leased twice",
                        part.address() + " belongs to " + endpoint.hostEnd() + " and to "
                                + (other == null ? "" : other.hostEnd()));
                boolean apart = network.ipv4()
                        .filter(of -> !part.address().address().equals(of.gateway())
                                && !part.address().equals(of.bridgeAddress()))
                        .isPresent();
                require(apart, "no address is leased twice", endpoint.hostEnd() + " has that of the gateway or bridge");
            });
            require(
                    macs.add(endpoint.network() + " " + endpoint.mac()),
                    "no MAC address is used twice on a network",
                    endpoint.hostEnd() + " " + endpoint.mac());
            endpoint.ipv6().ifPresent(part -> {
                boolean own = ipv6.add(part.address().address())
                        && network.ipv6()
                                .filter(of -> of.subnet().equals(part.address().subnet())
                                        && !of.gateway().equals(part.address().address()))
                                .isPresent();
                require(
                        own,
                        "no address is leased twice",
                        endpoint.hostEnd() + " has " + part + " on " + network.ipv6());
            });
        }
    }

    private void checkLeases() {
        for (Network network : model.networks()) {
            Set<Endpoint> endpoints = new HashSet<>(model.endpointsOn(network.id()));
            var ipv4 = EngineAccess.leases(world.engine(), network.id());
            var ipv6 = EngineAccess.ipv6Leases(world.engine(), network.id());
            require(
                    ipv4.isPresent() == network.ipv4().isPresent()
                            && ipv6.isPresent() == network.ipv6().isPresent(),
                    "a network leases addresses of its families",
                    network.name());
            ipv4.ifPresent(of -> checkIpv4Leases(of, endpoints));
            ipv6.ifPresent(of -> checkIpv6Leases(of, endpoints));
        }
    }

    private void checkIpv4Leases(AddressLeases<Ipv4Address> leases, Set<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            Optional<EndpointId> holder =
                    endpoint.ipv4().flatMap(part -> leases.holder(part.address().address()));
            require(
                    holder.equals(Optional.of(endpoint.id())),
                    "every endpoint has its lease",
                    endpoint.ipv4() + " of " + endpoint.hostEnd() + " is leased by "
                            + holder.map(EndpointId::shortForm).orElse("nobody"));
        }
        boolean exact = leases.leased() == endpoints.size() || !world.isSettled();
        require(
                exact,
                "every lease has its endpoint",
                leases.leased() + " leases and " + endpoints.size() + " endpoints");
    }

    private void checkIpv6Leases(AddressLeases<Ipv6Address> leases, Set<Endpoint> endpoints) {
        Set<EndpointIpv6> parts = new HashSet<>();
        endpoints.forEach(endpoint -> endpoint.ipv6().ifPresent(part -> {
            parts.add(part);
            Optional<EndpointId> holder = leases.holder(part.address().address());
            require(
                    holder.equals(Optional.of(endpoint.id())),
                    "every endpoint has its lease",
                    part.address() + " of " + endpoint.hostEnd());
        }));
        require(
                leases.leased() == parts.size() || !world.isSettled(),
                "every lease has its endpoint",
                leases.leased() + " leases of IPv6 and " + parts);
    }

    /** Who got an endpoint keeps it, unless its namespace has gone or somebody asked for it to go. */
    private void checkPromises() {
        for (Endpoint endpoint : world.promised.values()) {
            boolean kept = model.endpoint(endpoint.id()).equals(Optional.of(endpoint));
            if (!kept) {
                boolean lives = world.store.content().sandboxes().stream()
                        .anyMatch(sandbox -> sandbox.id().equals(endpoint.sandbox()) && world.lives(sandbox));
                require(
                        !lives && !namespaceOf(endpoint),
                        "an endpoint stays until it is asked to go",
                        endpoint.hostEnd() + " " + endpoint.addressText() + " is gone, its namespace is not");
            }
        }
        world.promised.keySet().removeIf(id -> model.endpoint(id).isEmpty());
        for (EndpointId id : world.promised.keySet()) {
            for (PortMapping mapping : world.promisedPorts.getOrDefault(id, Set.of())) {
                require(
                        model.ports().of(id).stream()
                                .anyMatch(port -> port.mapping().equals(mapping)),
                        "a port stays published until somebody asks for its end",
                        mapping + " of " + id.shortForm() + " is not");
            }
        }
        world.promisedPorts.keySet().retainAll(world.promised.keySet());
    }

    private boolean namespaceOf(Endpoint endpoint) {
        return model.sandbox(endpoint.sandbox()).filter(world::lives).isPresent();
    }

    /** A process that is killed now must leave enough for the next one. */
    private void checkJournal() {
        require(
                world.store.damaged().isEmpty(),
                "no crash damages the journal",
                world.store.damaged().toString());
        boolean owed = !EngineAccess.settle(world.engine());
        RecoveredState content = world.store.content();
        Map<EndpointId, RecoveredEndpoint> stored = content.endpoints().stream()
                .collect(Collectors.toMap(each -> each.endpoint().id(), each -> each));
        for (Endpoint endpoint : model.endpoints()) {
            RecoveredEndpoint found = stored.remove(endpoint.id());
            boolean same = found != null && found.endpoint().equals(endpoint) && found.phase() != Phase.ATTACHING;
            require(same, "the journal has every endpoint", endpoint.hostEnd() + " is stored as " + found);
            Set<PortMapping> published = model.ports().of(endpoint.id()).stream()
                    .map(PublishedPort::mapping)
                    .collect(Collectors.toSet());
            require(
                    owed || Set.copyOf(content.portsOf(endpoint.id())).equals(published),
                    "the journal has what is published",
                    endpoint.hostEnd() + " publishes " + published + ", stored is " + content.portsOf(endpoint.id()));
        }
        if (owed) {
            return;
        }
        for (RecoveredEndpoint left : stored.values()) {
            require(
                    left.phase() != Phase.ATTACHED,
                    "the journal has no other endpoint",
                    left.endpoint().hostEnd() + " is stored as attached");
        }
        require(
                Set.copyOf(content.sandboxes()).equals(Set.copyOf(model.sandboxes())) || !world.isSettled(),
                "the journal has every sandbox and no other",
                "stored " + content.sandboxes() + ", model " + model.sandboxes());
        require(
                Set.copyOf(content.networks()).equals(Set.copyOf(model.networks())),
                "the journal has every network and no other",
                "stored " + content.networks() + ", model " + model.networks());
    }

    private void checkEvents() {
        Set<EndpointId> ids = model.endpoints().stream().map(Endpoint::id).collect(Collectors.toSet());
        require(
                world.heardOf.equals(ids),
                "events tell what happens",
                "a subscriber knows " + text(world.heardOf) + ", there are " + text(ids));
    }

    private static String text(Set<EndpointId> ids) {
        return ids.stream().map(EndpointId::shortForm).sorted().toList().toString();
    }
}
