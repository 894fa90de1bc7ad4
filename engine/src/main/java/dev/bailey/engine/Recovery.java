package dev.bailey.engine;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.plan.EndpointPlan;
import dev.bailey.engine.plan.NetworkPlan;
import dev.bailey.engine.plan.RecoveryPlan;
import dev.bailey.engine.plan.RecoveryPlan.Remembered;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.RecoveredState;
import dev.bailey.engine.store.RecoveredState.Phase;
import dev.bailey.engine.store.RecoveredState.RecoveredEndpoint;
import dev.bailey.engine.store.StateRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is remembered and what the kernel has to a model and a kernel that agree.
 *
 * <p>What is right already is not touched, so a restart moves no packet, and running it twice does what running it once
 * does. O(what the host has + what is remembered). For tasks of the writer, one at a time.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Networks networks;
    private final UserNetworks userNetworks;
    private final Ports ports;
    private final Departures departures;
    private final Remakes remakes;
    private final SandboxRoutes routes;
    private final Forwarding forwarding;

    Recovery(
            EngineOptions options,
            Kernel kernel,
            Executor executor,
            Records records,
            EngineState state,
            Networks networks,
            UserNetworks userNetworks,
            Ports ports,
            Departures departures,
            Remakes remakes,
            SandboxRoutes routes,
            Forwarding forwarding) {
        this.forwarding = forwarding;
        this.routes = routes;
        this.userNetworks = userNetworks;
        this.remakes = remakes;
        this.ports = ports;
        this.departures = departures;
        this.options = options;
        this.networks = networks;
        this.kernel = kernel;
        this.executor = executor;
        this.records = records;
        this.state = state;
    }

    /** Returns whether a sandbox's path still leads to the namespace that it led to. */
    static boolean lives(Kernel kernel, Sandbox sandbox) {
        OptionalLong inode = kernel.namespaceAt(sandbox.netns());
        return inode.isPresent() && inode.getAsLong() == sandbox.netnsInode();
    }

    /**
     * The start of an engine: takes in what the store remembers, makes the default network where there is none.
     *
     * @return the host as it was before
     */
    HostView start() {
        HostView host = kernel.observe();
        Remembered remembered = remembered(host);
        remembered.networks().forEach(state::add);
        List<Network> inUse = remembered.networks().stream()
                .filter(network -> !network.retired() || isSettled(network, remembered.settled()))
                .toList();
        boolean changed = putNetworksInPlace(inUse, host);
        removeRulesOfOtherBackend();
        removeLeavingNetworks(host);
        RecoveryPlan plan =
                RecoveryPlan.of(remembered, changed ? kernel.observe() : host, sandbox -> lives(kernel, sandbox));
        Set<InterfaceName> stuck = remove(plan.removals());
        takeIn(remembered, plan, stuck);
        guard();
        networks.waysOut().learn(host);
        networks.waysOut().remember(state.snapshot().endpoints());
        leadOut();
        closePorts(plan.goneEndpoints());
        mend(plan);
        settleDefaultRoutes(remembered);
        recordEnds(plan);
        removeStrayNamespaces();
        networks.removeUnused();
        LOG.info(
                "{} networks, {} sandboxes, {} endpoints; {} taken away, {} steps to mend",
                state.snapshot().networks().size(),
                state.snapshot().sandboxes().size(),
                state.snapshot().endpoints().size(),
                plan.goneEndpoints().size(),
                plan.steps().size());
        return host;
    }

    private static boolean isSettled(Network network, List<Endpoint> settled) {
        return settled.stream().anyMatch(endpoint -> endpoint.network().equals(network.id()));
    }

    /** What the store remembers, with the networks as they are wanted now. */
    private Remembered remembered(HostView host) {
        RecoveredState recovered = records.recovered();
        List<Endpoint> settled = endpoints(recovered, Recovery::isSettled);
        List<Network> wanted = networks.choose(recovered.networks(), settled, host);
        Set<EndpointId> halfMade = endpoints(recovered, phase -> phase == Phase.REMAKING).stream()
                .map(Endpoint::id)
                .collect(Collectors.toSet());
        List<Endpoint> unsettled = endpoints(recovered, phase -> !isSettled(phase));
        ports.remember(settled, wanted, recovered);
        return new Remembered(
                wanted,
                recovered.sandboxes(),
                settled,
                halfMade,
                unsettled,
                state.snapshot().ports());
    }

    private static boolean isSettled(Phase phase) {
        return phase == Phase.ATTACHED || phase == Phase.REMAKING;
    }

    private static List<Endpoint> endpoints(RecoveredState recovered, Predicate<Phase> wanted) {
        return recovered.endpoints().stream()
                .filter(each -> wanted.test(each.phase()))
                .map(RecoveredEndpoint::endpoint)
                .toList();
    }

    /** The record that ends an endpoint which an earlier process left. */
    private StateRecord ended(Endpoint endpoint) {
        boolean attaching = records.recovered().endpoints().contains(new RecoveredEndpoint(endpoint, Phase.ATTACHING));
        return attaching ? new StateRecord.AttachUndone(endpoint.id()) : new StateRecord.DetachDone(endpoint.id());
    }

    /** Bridges, forwarding and rules, which everything else needs; returns whether a bridge was changed. */
    private boolean putNetworksInPlace(List<Network> inUse, HostView host) {
        List<Step> bridges = inUse.stream()
                .flatMap(network -> NetworkPlan.bridge(network, host, kernel::readSetting).stream())
                .toList();
        try {
            executor.apply(bridges);
            executor.apply(forwarding.ofIpv4());
            executor.apply(List.of(networks.rules(inUse)));
            executor.apply(forwarding.ofIpv6(inUse));
            executor.apply(ports.settings(inUse));
        } catch (KernelException refusal) {
            throw EngineException.of("put the networks in place", refusal);
        }
        return !bridges.isEmpty();
    }

    private void leadOut() {
        List<Step> steps = networks.waysOut().commit(networks.inUse());
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            throw EngineException.of("lead packets by their ways out", refusal);
        }
        networks.waysOut().applied(steps);
    }

    private void guard() {
        try {
            executor.apply(List.of(new RuleStep.CommitGuards(state.guards())));
        } catch (KernelException refusal) {
            throw EngineException.of("guard the endpoints", refusal);
        }
    }

    /** The rest of what an earlier process had begun to remove; it had no endpoints. */
    private void removeLeavingNetworks(HostView host) {
        for (Network network : records.recovered().leavingNetworks()) {
            List<KernelException> refusals = executor.applyEach(NetworkPlan.remains(network, host));
            if (refusals.isEmpty()) {
                records.appendOutcome(new StateRecord.NetworkRemoved(network.id()));
            } else {
                LOG.warn(
                        "could not remove {}: {}",
                        network.bridge(),
                        refusals.getFirst().getMessage());
                userNetworks.takeOver(network);
            }
        }
    }

    /** What an earlier start with another backend has left goes once the rules of this one are in place, never before. */
    private void removeRulesOfOtherBackend() {
        FirewallBackend other = switch (options.firewallBackend()) {
            case NFTABLES -> FirewallBackend.IPTABLES;
            case IPTABLES -> FirewallBackend.NFTABLES;
        };
        try {
            executor.apply(List.of(new RuleStep.RemoveRules(other)));
        } catch (KernelException refusal) {
            throw EngineException.of("take away the rules of the " + other + " backend", refusal);
        }
    }

    /** What the plan keeps, and what it lets go but could not: its addresses stay taken until it is gone. */
    private void takeIn(Remembered remembered, RecoveryPlan plan, Set<InterfaceName> stuck) {
        List<Endpoint> left = plan.goneEndpoints().stream()
                .filter(endpoint -> stuck.contains(endpoint.hostEnd()))
                .toList();
        Set<Sandbox> goneSandboxes = new HashSet<>(plan.goneSandboxes());
        remembered.sandboxes().stream()
                .filter(sandbox -> !goneSandboxes.contains(sandbox) || isOf(sandbox, left))
                .forEach(state::add);
        Set<Endpoint> goneEndpoints = new HashSet<>(plan.goneEndpoints());
        remembered.settled().stream()
                .filter(endpoint -> !goneEndpoints.contains(endpoint))
                .forEach(state::recover);
        left.forEach(endpoint -> departures.takeOver(endpoint, ended(endpoint)));
    }

    /** Sandboxes may have gone while no engine ran: what they published was in the first rules still. */
    private void closePorts(List<Endpoint> gone) {
        if (ports.forget(gone)) {
            for (KernelException refusal : executor.applyEach(List.of(networks.rules(networks.inUse())))) {
                LOG.warn("could not close the ports of what is gone: {}", refusal.getMessage());
            }
        }
    }

    private static boolean isOf(Sandbox sandbox, List<Endpoint> endpoints) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.sandbox().equals(sandbox.id()));
    }

    /** Removes links, all at once; returns those that the kernel would not let go. */
    private Set<InterfaceName> remove(List<InterfaceName> links) {
        List<CompletableFuture<Void>> removals = links.stream()
                .map(link -> kernel.removeLinkLater(link).toCompletableFuture())
                .toList();
        Set<InterfaceName> stuck = new HashSet<>();
        for (int i = 0; i < links.size(); i++) {
            try {
                removals.get(i).join();
            } catch (CompletionException failure) {
                LOG.warn("could not remove {}: {}", links.get(i), failure.getMessage());
                stuck.add(links.get(i));
            }
        }
        return stuck;
    }

    private void mend(RecoveryPlan plan) {
        for (KernelException refusal : executor.applyEach(plan.steps())) {
            LOG.warn("could not mend: {}", refusal.getMessage());
        }
        plan.remakes().forEach(this::remake);
    }

    /**
     * Of a sandbox with several endpoints nobody knows which one has the default route: one of them may have come or gone
     * when the process ended. O(the sandboxes that have or had several).
     */
    private void settleDefaultRoutes(Remembered remembered) {
        Map<SandboxId, Long> counts = Stream.concat(remembered.settled().stream(), remembered.unsettled().stream())
                .collect(Collectors.groupingBy(Endpoint::sandbox, Collectors.counting()));
        counts.forEach((sandbox, count) -> {
            if (count > 1) {
                routes.settle(sandbox);
            }
        });
    }

    private void remake(Endpoint endpoint) {
        Network network = state.snapshot().network(endpoint.network()).orElseThrow();
        Sandbox sandbox = state.snapshot().sandbox(endpoint.sandbox()).orElseThrow();
        try {
            List<Step> steps = new ArrayList<>(EndpointPlan.remake(endpoint, network, sandbox, state.snapshot()));
            steps.addAll(EndpointPlan.hairpin(endpoint, state.snapshot().ports()));
            remakes.remake(endpoint.id(), steps);
        } catch (KernelException refusal) {
            LOG.warn("could not make {} of {} anew: {}", endpoint.hostEnd(), sandbox.name(), refusal.getMessage());
        }
    }

    private void recordEnds(RecoveryPlan plan) {
        plan.goneEndpoints().stream()
                .filter(endpoint -> !state.isLeaving(endpoint.id()))
                .forEach(endpoint -> records.appendOutcome(ended(endpoint)));
        plan.goneSandboxes().stream()
                .filter(sandbox -> state.snapshot().sandbox(sandbox.id()).isEmpty())
                .forEach(sandbox -> records.appendOutcome(new StateRecord.SandboxRemoved(sandbox.id())));
    }

    /** A crash between the making of a namespace and its journal entry leaves one that nobody knows. */
    private void removeStrayNamespaces() {
        Set<Path> known = new HashSet<>();
        state.snapshot().sandboxes().forEach(sandbox -> known.add(sandbox.netns()));
        List<Step> strays = kernel.namespacesIn(options.namespaces()).stream()
                .filter(path -> !known.contains(path))
                .<Step>map(SandboxStep.RemoveNamespace::new)
                .toList();
        for (KernelException refusal : executor.applyEach(strays)) {
            LOG.warn("could not remove a stray namespace: {}", refusal.getMessage());
        }
    }

    private boolean isUnused(Sandbox sandbox) {
        return state.snapshot().sandbox(sandbox.id()).isPresent() && !state.isUsed(sandbox.id());
    }

    /**
     * After notifications were lost: compares the model with the kernel, and mends as at a start.
     *
     * @param lost takes the endpoints whose namespace turns out to be gone
     */
    void resync(Consumer<Endpoint> lost) {
        HostView host = kernel.observe();
        boolean changed = putNetworksInPlace(networks.inUse(), host);
        guard();
        networks.waysOut().learn(host);
        leadOut();
        Remembered now = new Remembered(
                List.copyOf(state.snapshot().networks()),
                List.copyOf(state.snapshot().sandboxes()),
                List.copyOf(state.snapshot().endpoints()),
                state.unfinished(),
                List.of(),
                state.snapshot().ports());
        RecoveryPlan plan = RecoveryPlan.of(now, changed ? kernel.observe() : host, sandbox -> lives(kernel, sandbox));
        mend(plan);
        plan.goneEndpoints().forEach(lost);
        plan.goneSandboxes().stream().filter(this::isUnused).forEach(sandbox -> {
            records.appendOutcome(new StateRecord.SandboxRemoved(sandbox.id()));
            state.remove(sandbox.id());
        });
        networks.removeUnused();
    }
}
