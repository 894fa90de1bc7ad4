package dev.bailey.engine;

import dev.bailey.engine.ipam.AddressLeases;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The model in the writer's hands: the snapshot that everybody reads, and the leases behind it.
 *
 * <p>A lease lives longer than its endpoint is seen: from before the attach until after the link is gone, so that no
 * address is given twice. For tasks of the writer, one at a time, but for {@link #snapshot()}.
 */
final class EngineState {
    private final Map<NetworkId, AddressLeases> leases = new HashMap<>();
    private volatile Snapshot snapshot = Snapshot.empty();

    /** Any thread. */
    Snapshot snapshot() {
        return snapshot;
    }

    void add(Network network) {
        Set<Ipv4Address> reserved =
                new HashSet<>(List.of(network.gateway(), network.bridgeAddress().address()));
        leases.put(network.id(), new AddressLeases(network.subnet(), network.range(), reserved));
        snapshot = snapshot.with(network);
    }

    /** Changes what a network lets through; its leases stay as they are. */
    void change(NetworkId network, NetworkOptions options) {
        snapshot = snapshot.with(network, options);
    }

    /** Changes what a network is like, but for its name, bridge and addresses; its leases stay as they are. */
    void change(Network network) {
        snapshot = snapshot.withChanged(network);
    }

    void remove(NetworkId network) {
        leases.remove(network);
        snapshot = snapshot.without(network);
    }

    void add(Sandbox sandbox) {
        snapshot = snapshot.with(sandbox);
    }

    void remove(SandboxId sandbox) {
        snapshot = snapshot.without(sandbox);
    }

    /**
     * Leases an address: the wanted one, or the next that is free.
     *
     * @throws EngineException CONFLICT naming the holder, INVALID_ARGUMENT or EXHAUSTED
     */
    Ipv4Address lease(Network network, EndpointId holder, Optional<Ipv4Address> wanted) {
        AddressLeases of = leases(network.id());
        try {
            wanted.ifPresent(address -> of.claim(address, holder));
            return wanted.orElseGet(() -> of.allocate(holder));
        } catch (IpamException refusal) {
            throw new EngineException(
                    code(refusal), "network " + network.name() + ": " + refusal.getMessage(), refusal);
        }
    }

    private static ErrorCode code(IpamException refusal) {
        return switch (refusal.reason()) {
            case INVALID -> ErrorCode.INVALID_ARGUMENT;
            case CONFLICT -> ErrorCode.CONFLICT;
            case EXHAUSTED -> ErrorCode.EXHAUSTED;
        };
    }

    /** Ends an endpoint's lease, once its link is gone. */
    void release(Endpoint endpoint) {
        release(endpoint.network(), endpoint.address().address(), endpoint.id());
    }

    void release(NetworkId network, Ipv4Address address, EndpointId holder) {
        leases(network).release(address, holder);
    }

    /** Takes an endpoint back in whose address is leased for it already. */
    void add(Endpoint endpoint) {
        snapshot = snapshot.with(endpoint);
    }

    /** Takes a recovered endpoint in, and its lease with it. */
    void recover(Endpoint endpoint) {
        AddressLeases of = leases(endpoint.network());
        of.claim(endpoint.address().address(), endpoint.id());
        of.resumeAfter(endpoint.address().address());
        snapshot = snapshot.with(endpoint);
    }

    /** Makes an endpoint that is being detached invisible; its lease stays. */
    void withdraw(EndpointId endpoint) {
        snapshot = snapshot.without(endpoint);
    }

    private AddressLeases leases(NetworkId network) {
        return Objects.requireNonNull(leases.get(network), () -> "no leases of network " + network);
    }
}
