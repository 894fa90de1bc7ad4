package dev.bailey.engine;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Exit;
import dev.bailey.engine.firewall.EgressPolicy.Hop;
import dev.bailey.engine.firewall.EgressPolicy.Sender;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.plan.DefaultHops;
import dev.bailey.engine.store.StateRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which ways packets leave the host, as far as that is not as for everybody. For tasks of the writer, one at a time.
 *
 * <p>There is something to be done where a network or an endpoint asks for it, and on a host with several uplinks: there what
 * comes in by one is answered by the same. Everywhere else nothing is.
 */
final class WaysOut {
    private static final Logger LOG = LoggerFactory.getLogger(WaysOut.class);

    private final Records records;
    private final Map<EgressWay, Integer> numbers = new HashMap<>();
    /** Endpoints that leave otherwise than their networks say, be they seen or leaving. */
    private final Map<EndpointId, Endpoint> members = new LinkedHashMap<>();
    /** How many of them take a way of their own. */
    private final Map<EgressWay, Integer> takers = new HashMap<>();

    private Map<InterfaceName, Hop> uplinks = Map.of();
    /** What the kernel has, but for the senders; at a start whatever was left. */
    private Optional<EgressPolicy> committed = Optional.empty();

    WaysOut(Records records) {
        this.records = records;
        numbers.putAll(records.recovered().egressNumbers());
    }

    /**
     * Refuses a network with a way out that its packets would not take.
     *
     * @throws EngineException UNSUPPORTED or INVALID_ARGUMENT
     */
    void check(Network network) {
        network.options().way().ifPresent(way -> {
            refuseIpv6(network, "a way out");
            refuseOwnBridge(way, network);
            if (way instanceof EgressWay.Uplink(InterfaceName link) && !uplinks.containsKey(link)) {
                LOG.warn(
                        "network {} is to leave by {}, which has no default route now: until it has one, packets leave as"
                                + " everybody's do",
                        network.name(),
                        link);
            }
        });
    }

    /**
     * Refuses what an endpoint of a network cannot have.
     *
     * @throws EngineException UNSUPPORTED or INVALID_ARGUMENT
     */
    static void check(Egress egress, Network network) {
        if (egress.isNone()) {
            return;
        }
        refuseIpv6(network, "a way out, an address to leave with or an allow list");
        egress.way().ifPresent(way -> refuseOwnBridge(way, network));
        if (network.options().internal()) {
            throw invalid(
                    "network " + network.name() + " is internal, nothing leaves it: leave out how it is to leave");
        }
        if (!egress.allowed().isEmpty() && !network.options().guarded()) {
            throw invalid("on network " + network.name() + " everybody may send as whom they like, which an allow list"
                    + " would not hold: leave it out, or join a network with the guard on");
        }
    }

    private static void refuseIpv6(Network network, String what) {
        if (network.ipv6().isPresent()) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED,
                    "network " + network.name() + " has IPv6, for which there is not " + what
                            + " yet: leave it out, or use a network without IPv6");
        }
    }

    private static void refuseOwnBridge(EgressWay way, Network network) {
        if (way.equals(new EgressWay.Uplink(network.bridge()))) {
            throw invalid(network.bridge() + " is the bridge of network " + network.name()
                    + " and no uplink: name a link" + " with a default route, like eth1");
        }
    }

    private static EngineException invalid(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }

    /** Keeps in mind which default routes a host has. */
    void learn(HostView host) {
        uplinks = DefaultHops.of(host);
    }

    /** Takes in endpoints that an earlier process attached. */
    void remember(Collection<Endpoint> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint endpoint) {
        if (!endpoint.egress().isNone() && members.put(endpoint.id(), endpoint) == null) {
            endpoint.egress().way().ifPresent(way -> takers.merge(way, 1, Integer::sum));
        }
    }

    /**
     * The step that brings the kernel to what these networks and the endpoints need; none where nothing is needed and nothing
     * is there. O(networks + endpoints that leave in ways of their own).
     */
    List<Step> commit(Collection<Network> networks) {
        return commit(networks, members.values());
    }

    private List<Step> commit(Collection<Network> networks, Collection<Endpoint> endpoints) {
        EgressPolicy wanted = policy(networks, endpoints);
        EgressPolicy before =
                committed.map(there -> there.with(senders(members.values()))).orElse(EgressPolicy.NONE);
        return wanted.equals(EgressPolicy.NONE) && committed.equals(Optional.of(EgressPolicy.NONE))
                ? List.of()
                : List.of(new RuleStep.CommitEgress(before, wanted));
    }

    /** Steps have been carried out; those of others do not matter. */
    void applied(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof RuleStep.CommitEgress commit) {
                committed = Optional.of(commit.wanted().with(Set.of()));
            }
        }
    }

    /**
     * The step before an endpoint's links are made, none for one that leaves as its network says; O(its allow list) when its way
     * is in use.
     */
    List<Step> arriving(Endpoint endpoint, Supplier<List<Network>> networks) {
        if (endpoint.egress().isNone()) {
            return List.of();
        }
        if (isInPlace(endpoint)) {
            return List.of(new RuleStep.SetSender(sender(endpoint), true));
        }
        return commit(
                networks.get(),
                Stream.concat(members.values().stream(), Stream.of(endpoint)).toList());
    }

    private boolean isInPlace(Endpoint endpoint) {
        EgressPolicy there = committed.orElse(EgressPolicy.NONE);
        Optional<EgressWay> way = endpoint.egress().way();
        return !there.bridges().isEmpty()
                && (way.isEmpty()
                        || Optional.ofNullable(numbers.get(way.get()))
                                .filter(there.exits()::containsKey)
                                .isPresent());
    }

    /** An endpoint has arrived, by steps that have been carried out. */
    void arrived(Endpoint endpoint, List<Step> steps) {
        applied(steps);
        add(endpoint);
    }

    /** The step after an endpoint's links are gone; O(its allow list) unless it was the last one of its way. */
    List<Step> left(Endpoint endpoint, Supplier<List<Network>> networks) {
        if (members.remove(endpoint.id()) == null) {
            return List.of();
        }
        endpoint.egress().way().ifPresent(way -> takers.computeIfPresent(way, (_, n) -> n == 1 ? null : n - 1));
        boolean last = members.isEmpty()
                || endpoint.egress()
                        .way()
                        .filter(way -> !takers.containsKey(way))
                        .isPresent();
        return last ? commit(networks.get()) : List.of(new RuleStep.SetSender(sender(endpoint), false));
    }

    private EgressPolicy policy(Collection<Network> networks, Collection<Endpoint> endpoints) {
        Set<EgressWay> ways = new LinkedHashSet<>();
        networks.forEach(network -> network.options().way().ifPresent(ways::add));
        endpoints.forEach(endpoint -> endpoint.egress().way().ifPresent(ways::add));
        if (uplinks.size() < 2 && ways.isEmpty() && endpoints.isEmpty()) {
            return EgressPolicy.NONE;
        }
        if (uplinks.size() > 1 || !ways.isEmpty()) {
            uplinks.keySet().forEach(link -> ways.add(new EgressWay.Uplink(link)));
        }
        Map<Integer, Exit> exits = new HashMap<>();
        Map<InterfaceName, Integer> arrivals = new HashMap<>();
        for (EgressWay way : ways) {
            int number = number(way, ways);
            exits.put(number, exit(way, number));
            if (way instanceof EgressWay.Uplink(InterfaceName link)) {
                arrivals.put(link, number);
            }
        }
        Map<Subnet, Integer> ofNetworks = new HashMap<>();
        networks.forEach(network -> network.ipv4()
                .ifPresent(part ->
                        network.options().way().ifPresent(way -> ofNetworks.put(part.subnet(), number(way, ways)))));
        Set<InterfaceName> bridges = networks.stream().map(Network::bridge).collect(Collectors.toSet());
        return new EgressPolicy(exits, ofNetworks, arrivals, bridges, senders(endpoints));
    }

    private Exit exit(EgressWay way, int number) {
        return switch (way) {
            case EgressWay.Uplink(InterfaceName link) ->
                new Exit(EgressPolicy.table(number), Optional.ofNullable(uplinks.get(link)));
            case EgressWay.Table(int table) -> new Exit(table, Optional.empty());
        };
    }

    private Set<Sender> senders(Collection<Endpoint> endpoints) {
        return endpoints.stream().map(this::sender).collect(Collectors.toSet());
    }

    private Sender sender(Endpoint endpoint) {
        return Sender.of(endpoint, endpoint.egress().way().map(numbers::get));
    }

    /** A number stays a way's own until another way needs one and there is none that nobody had. */
    private int number(EgressWay way, Set<EgressWay> inUse) {
        Integer known = numbers.get(way);
        if (known != null) {
            return known;
        }
        int number = IntStream.rangeClosed(1, EgressPolicy.MAX_NUMBER)
                .filter(each -> !numbers.containsValue(each))
                .findFirst()
                .orElseGet(() -> forgotten(inUse));
        records.append(new StateRecord.EgressNumbered(way, number));
        numbers.put(way, number);
        LOG.info("way out {} has number {}", way, number);
        return number;
    }

    private int forgotten(Set<EgressWay> inUse) {
        EgressWay unused = numbers.keySet().stream()
                .filter(way -> !inUse.contains(way))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        ErrorCode.EXHAUSTED,
                        "packets leave by " + EgressPolicy.MAX_NUMBER
                                + " uplinks and tables already, which are all that"
                                + " can be told apart: use one of them"));
        return Objects.requireNonNull(numbers.remove(unused));
    }
}
