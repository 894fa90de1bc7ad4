package dev.bailey.engine;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.NetworkPolicies;
import dev.bailey.engine.firewall.PacketMark;
import dev.bailey.engine.firewall.iptables.LatestRules;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.plan.DefaultNetwork;
import dev.bailey.engine.plan.NetworkPlan;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of an engine in their changes: chosen at a start, given other options, let go. Confined to the writer. */
final class Networks {
    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Ipv6Pools ipv6Pools;
    private final WaysOut waysOut;
    private final LatestRules latest = new LatestRules();
    private final NetworkPolicies policies = new NetworkPolicies();

    Networks(
            EngineOptions options,
            Kernel kernel,
            Executor executor,
            Records records,
            EngineState state,
            Ipv6Pools ipv6Pools) {
        this.ipv6Pools = ipv6Pools;
        this.waysOut = new WaysOut(records);
        this.options = options;
        this.kernel = kernel;
        this.executor = executor;
        this.records = records;
        this.state = state;
    }

    /**
     * The network of that name.
     *
     * @throws EngineException NOT_FOUND, saying which ones there are
     */
    Network named(String name) {
        return state.snapshot().networkNamed(name).orElseThrow(() -> noNetwork(name));
    }

    private EngineException noNetwork(String name) {
        if (name.equals(Network.DEFAULT_NAME)) {
            return new EngineException(
                    ErrorCode.NOT_FOUND,
                    "network " + name + " not found: the daemon was started with no default network");
        }
        String known = String.join(
                ", ",
                state.snapshot().networks().stream().map(Network::name).sorted().toList());
        return new EngineException(
                ErrorCode.NOT_FOUND, "network " + name + " not found" + (known.isEmpty() ? "" : ": there is " + known));
    }

    /** By which ways packets leave the host. */
    WaysOut waysOut() {
        return waysOut;
    }

    /** The step that brings the kernel's rules to those of these networks. */
    Step rules(Collection<Network> networks) {
        FirewallPolicy policy = policy(networks);
        PublishedPorts ports = state.snapshot().ports();
        return switch (options.firewallBackend()) {
            case NFTABLES -> new RuleStep.CommitRules(policy, ports);
            case IPTABLES -> new RuleStep.CommitIptables(latest.of(policy, ports));
        };
    }

    private FirewallPolicy policy(Collection<Network> networks) {
        return new FirewallPolicy(policies.of(networks), PacketMark.DEFAULT_ACCEPT);
    }

    /** The step from what is published to what is to be; with nftables O(the ports that are changed). */
    Step changeOfPorts(
            PublishedPorts before, PublishedPorts after, List<PublishedPort> removed, List<PublishedPort> added) {
        return switch (options.firewallBackend()) {
            case NFTABLES -> new RuleStep.ChangePorts(before, after, removed, added);
            case IPTABLES -> {
                FirewallPolicy policy = policy(inUse());
                yield new RuleStep.ChangeIptables(latest.of(policy, before), latest.of(policy, after));
            }
        };
    }

    /** The networks as they are to be from now on, what is new in them written down. */
    List<Network> choose(List<Network> remembered, List<Endpoint> endpoints, HostView host) {
        List<Ipv6Pool> pools = options.defaultNetwork().ipv6().isEmpty() ? List.of() : ipv6Pools.pools();
        DefaultNetwork.Wanted wanted =
                new DefaultNetwork.Wanted(options.defaultNetwork(), options.pools(), options.nameservers(), pools);
        List<Network> networks = DefaultNetwork.choose(remembered, endpoints, host, wanted);
        Map<NetworkId, Network> before = new HashMap<>();
        remembered.forEach(network -> before.put(network.id(), network));
        removeFormerAddresses(remembered, networks, host);
        networks.stream()
                .filter(network -> !network.equals(before.get(network.id())))
                .forEach(network -> record(network, before.containsKey(network.id())));
        return networks;
    }

    /** Before the change is written down, so that a death in between does not make anybody forget the address. */
    private void removeFormerAddresses(List<Network> before, List<Network> networks, HostView host) {
        List<Step> steps = before.stream()
                .flatMap(each -> networks.stream()
                        .filter(now -> now.id().equals(each.id()))
                        .flatMap(now -> NetworkPlan.formerAddress(each, now, host).stream()))
                .toList();
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            throw EngineException.of("take the former address off the bridge", refusal);
        }
    }

    private void record(Network network, boolean known) {
        LOG.info(
                "network {}: {} on {}{}, MTU {}",
                network.name(),
                network.addressText(),
                network.bridge(),
                network.retired() ? ", no longer the default" : "",
                network.mtuBytes());
        records.appendDurably(
                known ? new StateRecord.NetworkChanged(network) : new StateRecord.NetworkCreated(network));
    }

    /** All networks but those that are retired and have no endpoint left. */
    List<Network> inUse() {
        return state.snapshot().networks().stream()
                .filter(network -> !isUnused(network))
                .toList();
    }

    private boolean isUnused(Network network) {
        return network.retired() && !state.isUsed(network.id());
    }

    /** Lets a network go that has just lost an endpoint, if that was the last one of a retired network. */
    void removeIfUnused(NetworkId id) {
        if (state.snapshot().network(id).filter(this::isUnused).isPresent()) {
            removeUnused();
        }
    }

    /**
     * Lets every retired network without endpoints go, and its bridge where that is the engine's and nobody else has a port
     * on it. O(what the host has), and once in the life of a network: the one detach that costs more than the others.
     */
    void removeUnused() {
        List<Network> unused =
                state.snapshot().networks().stream().filter(this::isUnused).toList();
        if (!unused.isEmpty()) {
            HostView host = kernel.observe();
            unused.forEach(network -> remove(network, host));
        }
    }

    private void remove(Network network, HostView host) {
        Optional<List<Step>> bridge = NetworkPlan.removal(network, host);
        if (bridge.isEmpty()) {
            LOG.warn("bridge {} of {} stays: links of others are ports of it", network.bridge(), network.name());
            return;
        }
        List<Step> steps = new ArrayList<>(List.of(rules(inUse())));
        steps.addAll(bridge.get());
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            LOG.warn("could not remove network {}: {}", network.name(), refusal.getMessage());
            return;
        }
        records.appendOutcome(new StateRecord.NetworkRemoved(network.id()));
        state.remove(network.id());
        LOG.info(
                "removed network {}; bridge {} {}",
                network.name(),
                network.bridge(),
                switch (network.owner()) {
                    case ENGINE -> "as well";
                    case OPERATOR -> "stays, it is the operator's";
                });
    }

    /** Changes what the default network lets through. */
    void changeDefault(NetworkOptions wanted) {
        state.snapshot()
                .defaultNetwork()
                .filter(network -> !network.options().equals(wanted))
                .ifPresent(network -> change(network, network.with(wanted)));
    }

    private void change(Network before, Network after) {
        records.append(new StateRecord.NetworkChanged(after));
        List<Step> steps = new ArrayList<>();
        if (before.options().icc() != after.options().icc()) {
            state.snapshot()
                    .endpointsOn(after.id())
                    .forEach(endpoint -> steps.add(new LinkStep.SetIsolated(
                            endpoint.hostEnd(), !after.options().icc())));
        }
        if (before.options().guarded() != after.options().guarded()) {
            state.snapshot()
                    .endpointsOn(after.id())
                    .forEach(endpoint -> steps.add(
                            after.options().guarded()
                                    ? new RuleStep.AddGuard(Guard.of(endpoint))
                                    : new RuleStep.RemoveGuard(Guard.of(endpoint))));
        }
        steps.add(rules(inUse().stream()
                .map(each -> each.id().equals(after.id()) ? after : each)
                .toList()));
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            records.appendOutcome(new StateRecord.NetworkChanged(before));
            throw EngineException.of("change network " + after.name(), refusal);
        }
        state.change(after.id(), after.options());
        LOG.info(
                "network {}: masquerade {}, icc {}",
                after.name(),
                after.options().masquerade(),
                after.options().icc());
    }
}
