package dev.bailey.engine;

import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.ipam.UsedIpv6Range;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.plan.FreeSubnets;
import dev.bailey.engine.plan.NetworkPlan;
import dev.bailey.engine.plan.NewNetwork;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.Commit;
import dev.bailey.engine.store.StateRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks that users make and remove: refused before anything is done, or done whole, or taken back whole. For tasks of the
 * writer, one at a time.
 */
final class UserNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(UserNetworks.class);
    private static final int MAX_NAMED = 8;

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Networks networks;
    private final Forwarding forwarding;
    private final Ipv6Pools ipv6Pools;
    private final Consumer<Runnable> writer;
    private final Consumer<EngineEvent> events;
    private final IntSupplier uplinkMtu;
    private final Set<NetworkId> underWay = new HashSet<>();

    /**
     * Nothing is under way.
     *
     * @param uplinkMtu the smallest MTU of the uplinks, in bytes
     */
    UserNetworks(
            EngineOptions options,
            Kernel kernel,
            Executor executor,
            Records records,
            EngineState state,
            Networks networks,
            Forwarding forwarding,
            Ipv6Pools ipv6Pools,
            Consumer<Runnable> writer,
            Consumer<EngineEvent> events,
            IntSupplier uplinkMtu) {
        this.options = options;
        this.kernel = kernel;
        this.executor = executor;
        this.records = records;
        this.state = state;
        this.networks = networks;
        this.forwarding = forwarding;
        this.ipv6Pools = ipv6Pools;
        this.writer = writer;
        this.events = events;
        this.uplinkMtu = uplinkMtu;
    }

    /**
     * Makes a network: a dump of the host's addresses and routes, three kernel steps, the rules that differ, one durable
     * journal entry, which the disk writes meanwhile. O(networks + addresses and routes of the host).
     */
    Network create(NetworkRequest request, Instant now) {
        Network network = planned(request, NetworkId.random(), now);
        networks.waysOut().check(network);
        List<Step> creation = creation(network);
        Commit commit = records.begin(new StateRecord.NetworkCreated(network));
        try {
            executor.apply(creation);
        } catch (KernelException refusal) {
            takeRulesBack(network);
            takeBack(network, refusal.getSuppressed().length == 0);
            throw EngineException.of("create network " + network.name(), refusal);
        }
        networks.waysOut().applied(creation);
        try {
            records.await(commit);
        } catch (EngineException refusal) {
            List<Step> removal = rulesOfAll();
            removal.add(new LinkStep.RemoveLink(network.bridge()));
            takeBack(network, executor.applyEach(removal).isEmpty());
            networks.waysOut().applied(removal);
            throw refusal;
        }
        state.add(network);
        LOG.info("created network {}: {} on {}", network.name(), network.addressText(), network.bridge());
        events.accept(new EngineEvent.NetworkCreated(network));
        return network;
    }

    /** The rules come before IPv6 packets pass for the first time. */
    private List<Step> creation(Network network) {
        try {
            List<Step> steps = new ArrayList<>(NetworkPlan.creation(network, kernel::readSetting));
            steps.add(networks.rules(with(network)));
            steps.addAll(networks.waysOut().commit(with(network)));
            steps.addAll(forwarding.ofIpv6(List.of(network)));
            return steps;
        } catch (KernelException refusal) {
            throw EngineException.of("look for what network " + network.name() + " needs", refusal);
        }
    }

    /** What brings the rules to the networks that there are. */
    private List<Step> rulesOfAll() {
        List<Network> left = networks.inUse();
        List<Step> steps = new ArrayList<>(List.of(networks.rules(left)));
        steps.addAll(networks.waysOut().commit(left));
        return steps;
    }

    private List<Network> with(Network added) {
        List<Network> all = new ArrayList<>(networks.inUse());
        all.add(added);
        return all;
    }

    /** What is in the way is asked for by name only once something is. */
    private Network planned(NetworkRequest request, NetworkId id, Instant now) {
        Collection<Network> taken = new ArrayList<>(state.snapshot().networks());
        taken.addAll(state.leavingNetworks());
        List<Ipv6Pool> pools = request.ipv6().isEmpty() ? List.of() : ipv6Pools.pools();
        try {
            try {
                List<UsedRange> used = FreeSubnets.used(taken, options.nameservers(), kernel.usedRanges());
                List<UsedIpv6Range> ofIpv6 =
                        request.ipv6().isEmpty() ? List.of() : FreeSubnets.usedOfIpv6(taken, kernel.usedIpv6Ranges());
                return NewNetwork.of(request, id, around(used, ofIpv6, pools, now));
            } catch (EngineException refusal) {
                if (refusal.code() != ErrorCode.CONFLICT && refusal.code() != ErrorCode.EXHAUSTED) {
                    throw refusal;
                }
                HostView host = kernel.observe();
                List<UsedRange> named = FreeSubnets.used(taken, options.nameservers(), host);
                return NewNetwork.of(request, id, around(named, FreeSubnets.usedOfIpv6(taken, host), pools, now));
            }
        } catch (KernelException refusal) {
            throw EngineException.of("look for the addresses that this host uses", refusal);
        }
    }

    private NewNetwork.Around around(
            List<UsedRange> used, List<UsedIpv6Range> ofIpv6, List<Ipv6Pool> pools, Instant now) {
        return new NewNetwork.Around(
                state.snapshot(),
                state.leavingNetworks(),
                used,
                options.pools(),
                uplinkMtu.getAsInt(),
                now,
                ofIpv6,
                pools);
    }

    /** Steps behind the rules may be what was refused; where they were not reached this changes nothing. */
    private void takeRulesBack(Network network) {
        executor.applyEach(List.of(networks.rules(networks.inUse())))
                .forEach(refusal -> LOG.warn(
                        "rules of network {}, which was not made, stay for now: {}",
                        network.name(),
                        refusal.getMessage()));
    }

    private void takeBack(Network network, boolean whole) {
        if (whole) {
            records.appendOutcome(new StateRecord.NetworkRemoved(network.id()));
        } else {
            LOG.warn("bridge {} of {} is left over, which could not be removed", network.bridge(), network.name());
            records.appendOutcome(new StateRecord.NetworkRemovalIntended(network.id()));
            state.keep(network);
            removeLeftovers();
        }
    }

    /**
     * Removes a network without endpoints: one durable journal entry, which the disk writes while the rules are changed, and
     * the bridge, whose removal the kernel completes elsewhere. What is returned is complete as soon as the bridge has left.
     * O(networks).
     */
    CompletableFuture<Void> remove(NetworkId id) {
        Network network = removable(id);
        Commit commit = records.begin(new StateRecord.NetworkRemovalIntended(id));
        state.withdraw(id);
        try {
            List<Step> rules = rulesOfAll();
            executor.apply(rules);
            networks.waysOut().applied(rules);
            records.await(commit);
        } catch (KernelException refusal) {
            stay(network);
            throw EngineException.of("remove network " + network.name(), refusal);
        } catch (EngineException refusal) {
            stay(network);
            throw refusal;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        underWay.add(id);
        kernel.removeLinkLater(network.bridge()).whenComplete((nothing, failure) -> {
            if (failure == null) {
                try {
                    writer.accept(() -> finish(network));
                } finally {
                    done.complete(null);
                }
            } else {
                writer.accept(() -> giveUp(network, failure, done));
            }
        });
        return done;
    }

    private Network removable(NetworkId id) {
        Network network = state.snapshot()
                .network(id)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.NOT_FOUND, "network " + id.shortForm() + " not found: it may be gone already"));
        if (network.isDefault()) {
            throw conflict(network.name()
                    + (network.retired()
                            ? " cannot be removed: it goes with its last endpoint"
                            : " is a pre-defined network and cannot be removed: start the daemon with --bridge none"
                                    + " to have none"));
        }
        Collection<Endpoint> endpoints = state.snapshot().endpointsOn(id);
        if (!endpoints.isEmpty()) {
            throw conflict("network " + network.name() + " has active endpoints: " + names(endpoints)
                    + ": disconnect or stop them first");
        }
        if (state.isUsed(id)) {
            throw conflict("network " + network.name() + " has endpoints that are leaving it: try again");
        }
        return network;
    }

    private String names(Collection<Endpoint> endpoints) {
        String named = endpoints.stream()
                .map(endpoint -> state.snapshot()
                        .sandbox(endpoint.sandbox())
                        .map(Sandbox::name)
                        .orElse(endpoint.id().shortForm()))
                .sorted()
                .limit(MAX_NAMED)
                .collect(Collectors.joining(", "));
        return endpoints.size() > MAX_NAMED ? named + " and " + (endpoints.size() - MAX_NAMED) + " more" : named;
    }

    private void finish(Network network) {
        underWay.remove(network.id());
        boolean known = state.isWithdrawn(network.id());
        state.remove(network.id());
        records.appendOutcome(new StateRecord.NetworkRemoved(network.id()));
        if (known) {
            LOG.info("removed network {} and its bridge {}", network.name(), network.bridge());
            events.accept(new EngineEvent.NetworkRemoved(network));
        }
    }

    private void giveUp(Network network, Throwable failure, CompletableFuture<Void> done) {
        underWay.remove(network.id());
        stay(network);
        done.completeExceptionally(
                failure instanceof KernelException refusal
                        ? EngineException.of("remove network " + network.name(), refusal)
                        : failure);
    }

    /** A network that could not go is as it was. */
    private void stay(Network network) {
        state.putBack(network.id());
        records.appendOutcome(new StateRecord.NetworkChanged(network));
        List<Step> rules = rulesOfAll();
        for (KernelException refusal : executor.applyEach(rules)) {
            LOG.warn("could not put the rules of network {} back: {}", network.name(), refusal.getMessage());
        }
        networks.waysOut().applied(rules);
    }

    /** Takes on what a start could not remove, for later. */
    void takeOver(Network network) {
        state.keep(network);
    }

    /** Tries again to remove the bridges that are left over, where that is not under way. */
    void removeLeftovers() {
        for (Network network : state.leavingNetworks()) {
            if (underWay.add(network.id())) {
                kernel.removeLinkLater(network.bridge())
                        .whenComplete((nothing, failure) -> writer.accept(() -> {
                            underWay.remove(network.id());
                            if (failure == null) {
                                finish(network);
                            }
                        }));
            }
        }
    }

    private static EngineException conflict(String message) {
        return new EngineException(ErrorCode.CONFLICT, message);
    }
}
