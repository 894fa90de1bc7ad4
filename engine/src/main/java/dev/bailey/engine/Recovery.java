package dev.bailey.engine;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.plan.NetworkPlan;
import dev.bailey.engine.plan.RecoveryPlan;
import dev.bailey.engine.plan.RecoveryPlan.Remembered;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.RecoveredState;
import dev.bailey.engine.store.RecoveredState.Phase;
import dev.bailey.engine.store.RecoveredState.RecoveredEndpoint;
import dev.bailey.engine.store.StateRecord;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
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
    static final String FORWARDING = "net.ipv4.ip_forward";

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final StateStore store;
    private final EngineState state;
    private final Networks networks;

    Recovery(
            EngineOptions options,
            Kernel kernel,
            Executor executor,
            StateStore store,
            EngineState state,
            Networks networks) {
        this.options = options;
        this.networks = networks;
        this.kernel = kernel;
        this.executor = executor;
        this.store = store;
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
        RecoveryPlan plan =
                RecoveryPlan.of(remembered, changed ? kernel.observe() : host, sandbox -> lives(kernel, sandbox));
        takeIn(remembered, plan);
        carryOut(plan);
        plan.goneEndpoints().forEach(endpoint -> store.append(ended(endpoint)));
        plan.goneSandboxes().forEach(sandbox -> store.append(new StateRecord.SandboxRemoved(sandbox.id())));
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
        RecoveredState recovered = store.recovered();
        List<Endpoint> settled = endpoints(recovered, phase -> phase == Phase.ATTACHED);
        List<Network> wanted = networks.choose(recovered.networks(), settled, host);
        List<Endpoint> unsettled = endpoints(recovered, phase -> phase != Phase.ATTACHED);
        return new Remembered(wanted, recovered.sandboxes(), settled, unsettled);
    }

    private static List<Endpoint> endpoints(RecoveredState recovered, Predicate<Phase> wanted) {
        return recovered.endpoints().stream()
                .filter(each -> wanted.test(each.phase()))
                .map(RecoveredEndpoint::endpoint)
                .toList();
    }

    /** The record that ends an endpoint which an earlier process left. */
    private StateRecord ended(Endpoint endpoint) {
        boolean attaching = store.recovered().endpoints().contains(new RecoveredEndpoint(endpoint, Phase.ATTACHING));
        return attaching ? new StateRecord.AttachUndone(endpoint.id()) : new StateRecord.DetachDone(endpoint.id());
    }

    /** Bridges, forwarding and rules, which everything else needs; returns whether a bridge was changed. */
    private boolean putNetworksInPlace(List<Network> inUse, HostView host) {
        List<Step> bridges = inUse.stream()
                .flatMap(network -> NetworkPlan.bridge(network, host).stream())
                .toList();
        try {
            executor.apply(bridges);
            executor.apply(forwarding());
            executor.apply(List.of(networks.rules(inUse)));
        } catch (KernelException refusal) {
            throw EngineCore.translated("put the networks in place", refusal);
        }
        return !bridges.isEmpty();
    }

    /** Forwarding is switched on where it is off, and what it was is remembered for whoever removes the engine. */
    private List<Step> forwarding() {
        String value = kernel.readSetting(FORWARDING)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.UNSUPPORTED,
                        "this kernel has no setting " + FORWARDING + ": it cannot forward IPv4"));
        if (!value.equals("0")) {
            return List.of();
        }
        if (!options.forwarding()) {
            LOG.warn("{} is 0 and stays so, as it was asked for: endpoints reach this host and no further", FORWARDING);
            return List.of();
        }
        store.append(new StateRecord.HostSettingRemembered(FORWARDING, value)).awaitDurable();
        return List.of(new Step.WriteSetting(FORWARDING, "1", value));
    }

    /** What an earlier start with another backend has left goes once the rules of this one are in place, never before. */
    private void removeRulesOfOtherBackend() {
        FirewallBackend other = switch (options.firewallBackend()) {
            case NFTABLES -> FirewallBackend.IPTABLES;
            case IPTABLES -> FirewallBackend.NFTABLES;
        };
        try {
            executor.apply(List.of(new Step.RemoveRules(other)));
        } catch (KernelException refusal) {
            throw EngineCore.translated("take away the rules of the " + other + " backend", refusal);
        }
    }

    private void takeIn(Remembered remembered, RecoveryPlan plan) {
        Set<Sandbox> goneSandboxes = new HashSet<>(plan.goneSandboxes());
        remembered.sandboxes().stream()
                .filter(sandbox -> !goneSandboxes.contains(sandbox))
                .forEach(state::add);
        Set<Endpoint> goneEndpoints = new HashSet<>(plan.goneEndpoints());
        remembered.settled().stream()
                .filter(endpoint -> !goneEndpoints.contains(endpoint))
                .forEach(state::recover);
    }

    private void carryOut(RecoveryPlan plan) {
        List<CompletableFuture<Void>> removals = plan.removals().stream()
                .map(link -> kernel.removeLinkLater(link).toCompletableFuture())
                .toList();
        for (int i = 0; i < removals.size(); i++) {
            await(plan.removals().get(i), removals.get(i));
        }
        for (KernelException refusal : executor.applyEach(plan.steps())) {
            LOG.warn("could not mend: {}", refusal.getMessage());
        }
    }

    private static void await(InterfaceName link, CompletableFuture<Void> removal) {
        try {
            removal.join();
        } catch (CompletionException failure) {
            LOG.warn("could not remove {}: {}", link, failure.getMessage());
        }
    }

    /** A crash between the making of a namespace and its journal entry leaves one that nobody knows. */
    private void removeStrayNamespaces() {
        Set<Path> known = new HashSet<>();
        state.snapshot().sandboxes().forEach(sandbox -> known.add(sandbox.netns()));
        List<Step> strays = kernel.namespacesIn(options.namespaces()).stream()
                .filter(path -> !known.contains(path))
                .<Step>map(Step.RemoveNamespace::new)
                .toList();
        for (KernelException refusal : executor.applyEach(strays)) {
            LOG.warn("could not remove a stray namespace: {}", refusal.getMessage());
        }
    }

    /** After notifications were lost: compares the model with the kernel, and mends as at a start. */
    void resync() {
        HostView host = kernel.observe();
        boolean changed = putNetworksInPlace(networks.inUse(), host);
        Remembered now = new Remembered(
                List.copyOf(state.snapshot().networks()),
                List.copyOf(state.snapshot().sandboxes()),
                List.copyOf(state.snapshot().endpoints()),
                List.of());
        RecoveryPlan plan = RecoveryPlan.of(now, changed ? kernel.observe() : host, sandbox -> lives(kernel, sandbox));
        carryOut(plan);
        plan.goneEndpoints().forEach(endpoint -> {
            store.append(new StateRecord.DetachDone(endpoint.id()));
            state.withdraw(endpoint.id());
            state.release(endpoint);
        });
        plan.goneSandboxes().forEach(sandbox -> {
            store.append(new StateRecord.SandboxRemoved(sandbox.id()));
            state.remove(sandbox.id());
        });
        networks.removeUnused();
    }
}
