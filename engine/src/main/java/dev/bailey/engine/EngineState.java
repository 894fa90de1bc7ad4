package dev.bailey.engine;

import dev.bailey.engine.dns.SandboxResolvers;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The model in the writer's hands: the snapshot that everybody reads, and the leases behind it.
 *
 * <p>A lease lives longer than its endpoint is seen: from before the attach until after the link is gone, so that no
 * address is given twice. For tasks of the writer, one at a time, but for {@link #snapshot()}.
 */
final class EngineState {
    private final Map<NetworkId, NetworkLeases> leases = new HashMap<>();
    private final LeavingEndpoints leaving = new LeavingEndpoints();
    private final Map<NetworkId, Network> withdrawn = new HashMap<>();
    private final Map<NetworkId, Network> leftovers = new LinkedHashMap<>();
    private final Map<SandboxId, List<Kept>> kept = new HashMap<>();
    private final Set<EndpointId> unfinished = new HashSet<>();
    private volatile Snapshot snapshot = Snapshot.empty();
    private volatile SandboxResolvers resolvers = SandboxResolvers.NONE;

    /** Any thread. */
    Snapshot snapshot() {
        return snapshot;
    }

    void add(Network network) {
        leases.put(network.id(), new NetworkLeases(network));
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

    /** Forgets a network without endpoints, be it seen, withdrawn or left over, and its leases. */
    void remove(NetworkId network) {
        leases.remove(network);
        leftovers.remove(network);
        if (withdrawn.remove(network) == null && snapshot.network(network).isPresent()) {
            snapshot = snapshot.without(network);
        }
    }

    /** Makes a network invisible that is being removed; its addresses and its leases are kept for it. */
    void withdraw(NetworkId network) {
        withdrawn.put(network, snapshot.network(network).orElseThrow());
        snapshot = snapshot.without(network);
    }

    /** Makes a network visible again that could not be removed. */
    void putBack(NetworkId network) {
        snapshot = snapshot.with(Objects.requireNonNull(withdrawn.remove(network)));
    }

    /** Returns whether a network is invisible because it is being removed. */
    boolean isWithdrawn(NetworkId network) {
        return withdrawn.containsKey(network);
    }

    /** Keeps the addresses of a network that nobody has, while its bridge is left over. */
    void keep(Network network) {
        leftovers.put(network.id(), network);
    }

    /** Returns the networks that nobody sees and whose addresses are taken all the same. */
    List<Network> leavingNetworks() {
        List<Network> all = new ArrayList<>(withdrawn.values());
        all.addAll(leftovers.values());
        return all;
    }

    void add(Sandbox sandbox) {
        snapshot = snapshot.with(sandbox);
    }

    void remove(SandboxId sandbox) {
        snapshot = snapshot.without(sandbox);
    }

    /**
     * Leases what an endpoint needs: the wanted addresses, or else the preferred ones where they are free, or else the next
     * that are free.
     *
     * @throws EngineException CONFLICT naming the holder, INVALID_ARGUMENT or EXHAUSTED
     */
    NetworkLeases.Leased lease(Network network, EndpointId holder, SandboxId sandbox, AttachRequest request) {
        try {
            return leases(network.id()).lease(holder, sandbox, request);
        } catch (IpamException refusal) {
            throw refused(network, refusal);
        }
    }

    private EngineException refused(Network network, IpamException refusal) {
        String sandbox = refusal.holder()
                .flatMap(holder -> snapshot.endpoint(holder).or(() -> leaving.find(holder)))
                .flatMap(holder -> snapshot.sandbox(holder.sandbox()))
                .map(holder -> " of sandbox " + holder.name())
                .orElse("");
        return new EngineException(
                code(refusal), "network " + network.name() + ": " + refusal.getMessage() + sandbox, refusal);
    }

    /**
     * Keeps an address for a sandbox that may not be there yet.
     *
     * @throws EngineException CONFLICT naming who has it, or INVALID_ARGUMENT
     */
    void keepAddress(Network network, IpAddress address, SandboxId sandbox, String name) {
        NetworkLeases of = leases(network.id());
        of.holder(address)
                .flatMap(snapshot::endpoint)
                .filter(holder -> !holder.sandbox().equals(sandbox))
                .ifPresent(holder -> {
                    throw new EngineException(
                            ErrorCode.CONFLICT,
                            "network " + network.name() + ": " + address + " is already leased by endpoint "
                                    + holder.id().shortForm() + " of sandbox "
                                    + snapshot.sandbox(holder.sandbox())
                                            .map(Sandbox::name)
                                            .orElse(""));
                });
        try {
            of.keep(address, sandbox, name);
            kept.computeIfAbsent(sandbox, _ -> new ArrayList<>()).add(new Kept(network.id(), address));
        } catch (IpamException refusal) {
            throw refused(network, refusal);
        }
    }

    /** Keeps nothing more for a sandbox. */
    void giveUpAddresses(SandboxId sandbox) {
        List<Kept> all = kept.remove(sandbox);
        if (all != null) {
            all.forEach(each -> Optional.ofNullable(leases.get(each.network()))
                    .ifPresent(of -> of.giveUp(each.address(), sandbox)));
        }
    }

    private record Kept(NetworkId network, IpAddress address) {}

    private static ErrorCode code(IpamException refusal) {
        return switch (refusal.reason()) {
            case INVALID -> ErrorCode.INVALID_ARGUMENT;
            case CONFLICT -> ErrorCode.CONFLICT;
            case EXHAUSTED -> ErrorCode.EXHAUSTED;
        };
    }

    /** Ends an endpoint's leases, once its link is gone. */
    void release(Endpoint endpoint) {
        leaving.remove(endpoint);
        unfinished.remove(endpoint.id());
        leases(endpoint.network()).release(endpoint);
    }

    /** Ends leases of which no endpoint came; nothing where somebody else has them. */
    void release(NetworkId network, NetworkLeases.Leased leased, EndpointId holder) {
        leases(network).release(leased, holder);
    }

    /** Has resolvers follow the sandboxes from now on; complete when those that there are have theirs. O(sandboxes). */
    CompletableFuture<Void> serveNames(SandboxResolvers serving) {
        resolvers = serving;
        return CompletableFuture.allOf(snapshot.sandboxes().stream()
                .map(sandbox -> serving.follow(sandbox.id()))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Lets a sandbox's resolver be as the snapshot wants it; complete when it is. Any thread. */
    CompletableFuture<Void> followNames(SandboxId sandbox) {
        return resolvers.follow(sandbox);
    }

    /** Takes an endpoint in whose address is leased for it already; what it publishes and its names come after. */
    void add(Endpoint endpoint) {
        leaving.remove(endpoint);
        snapshot = snapshot.with(endpoint);
    }

    /** Takes a recovered endpoint in, and its lease with it. */
    void recover(Endpoint endpoint) {
        leases(endpoint.network()).recover(endpoint);
        snapshot = snapshot.with(endpoint);
    }

    /** Changes what is published. */
    void publish(PublishedPorts ports) {
        snapshot = snapshot.with(ports);
    }

    /**
     * Makes an endpoint that is being detached invisible; its lease stays until it is released.
     *
     * @return complete when its sandbox has no resolver any more that it should not have
     */
    CompletableFuture<Void> withdraw(Endpoint endpoint) {
        keep(endpoint);
        snapshot = snapshot.without(endpoint.id());
        return followNames(endpoint.sandbox());
    }

    /** Keeps the lease of an endpoint that nobody sees, until it is released; takes it where it is free. */
    void keep(Endpoint endpoint) {
        leaving.add(endpoint);
        leases(endpoint.network()).keep(endpoint);
    }

    /** The links of an endpoint are being made anew: that some are there proves nothing until they are finished. */
    void begin(EndpointId endpoint) {
        unfinished.add(endpoint);
    }

    /** The links of an endpoint are whole. */
    void finish(EndpointId endpoint) {
        unfinished.remove(endpoint);
    }

    /** Returns the endpoints whose links are being made anew. */
    Set<EndpointId> unfinished() {
        return Set.copyOf(unfinished);
    }

    /** Returns whether an endpoint's links are being made anew. */
    boolean isUnfinished(EndpointId endpoint) {
        return unfinished.contains(endpoint);
    }

    /** Returns whether a lease is kept for this endpoint that nobody sees. */
    boolean isLeaving(EndpointId id) {
        return leaving.find(id).isPresent();
    }

    /** Returns the endpoints of a sandbox that nobody sees any more and that are not gone yet. O(these). */
    List<Endpoint> leaving(SandboxId sandbox) {
        return leaving.of(sandbox);
    }

    /** Returns the guards of all endpoints, be they seen or leaving. O(endpoints). */
    Set<Guard> guards() {
        return Stream.concat(snapshot.endpoints().stream(), leaving.all().stream())
                .flatMap(endpoint -> snapshot.network(endpoint.network()).stream()
                        .flatMap(network -> Guard.of(endpoint, network).stream()))
                .collect(Collectors.toSet());
    }

    /** Returns whether a sandbox has endpoints, be they seen or leaving. */
    boolean isUsed(SandboxId sandbox) {
        return !snapshot.endpointsOf(sandbox).isEmpty() || !leaving(sandbox).isEmpty();
    }

    /** Returns whether a network has endpoints, be they seen or leaving. */
    boolean isUsed(NetworkId network) {
        return !snapshot.endpointsOn(network).isEmpty()
                || leaving.all().stream()
                        .anyMatch(endpoint -> endpoint.network().equals(network));
    }

    NetworkLeases leases(NetworkId network) {
        return Objects.requireNonNull(leases.get(network), () -> "no leases of network " + network);
    }
}
