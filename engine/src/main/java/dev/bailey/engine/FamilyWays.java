package dev.bailey.engine;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Exit;
import dev.bailey.engine.firewall.EgressPolicy.Hop;
import dev.bailey.engine.firewall.EgressPolicy.Sender;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.plan.DefaultHops;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** By which ways packets of one family leave the host. For tasks of the writer, one at a time; {@link WaysOut} has both. */
final class FamilyWays {
    private final IpFamily family;
    private final WayNumbers numbers;
    /** Endpoints that leave otherwise than their networks say, be they seen or leaving. */
    private final Map<EndpointId, Endpoint> members = new LinkedHashMap<>();
    /** How many of them take a way of their own. */
    private final Map<EgressWay, Integer> takers = new HashMap<>();

    private Map<InterfaceName, Hop> uplinks = Map.of();
    /** Links that are uplinks only where somebody asks for them. */
    private Map<InterfaceName, Hop> direct = Map.of();
    /** What the kernel has, but for the senders; at a start whatever was left. */
    private Optional<EgressPolicy> committed = Optional.empty();

    FamilyWays(IpFamily family, WayNumbers numbers) {
        this.family = family;
        this.numbers = numbers;
    }

    IpFamily family() {
        return family;
    }

    /** Keeps in mind by which links packets can leave. */
    void learn(HostView host) {
        uplinks = DefaultHops.of(host, family);
        direct = DefaultHops.direct(host);
    }

    /** Whether packets of a network would leave as everybody's, though they are to leave by this link. */
    boolean isMissing(InterfaceName link, Network network) {
        return network.subnet(family).isPresent() && hop(link).isEmpty();
    }

    private Optional<Hop> hop(InterfaceName link) {
        return Optional.ofNullable(uplinks.get(link)).or(() -> Optional.ofNullable(direct.get(link)));
    }

    /** Whether packets of this family leave otherwise than the endpoint's network says. */
    private boolean concerns(Endpoint endpoint) {
        return !endpoint.egress().isNone(family) && endpoint.has(family);
    }

    void add(Endpoint endpoint) {
        if (concerns(endpoint) && members.put(endpoint.id(), endpoint) == null) {
            endpoint.egress().way().ifPresent(way -> takers.merge(way, 1, Integer::sum));
        }
    }

    Stream<Step> commit(Collection<Network> networks) {
        return commit(networks, members.values());
    }

    private Stream<Step> commit(Collection<Network> networks, Collection<Endpoint> endpoints) {
        EgressPolicy wanted = policy(networks, endpoints);
        EgressPolicy before =
                committed.map(there -> there.with(senders(members.values()))).orElse(EgressPolicy.none(family));
        return wanted.isNone() && committed.equals(Optional.of(wanted))
                ? Stream.of()
                : Stream.of(new RuleStep.CommitEgress(before, wanted));
    }

    /** A step has been carried out; those of others do not matter. */
    void applied(Step step) {
        if (step instanceof RuleStep.CommitEgress commit && commit.wanted().family() == family) {
            committed = Optional.of(commit.wanted().with(Set.of()));
        }
    }

    Stream<Step> arriving(Endpoint endpoint, Supplier<List<Network>> networks) {
        if (!concerns(endpoint)) {
            return Stream.of();
        }
        if (isInPlace(endpoint)) {
            return Stream.of(new RuleStep.SetSender(sender(endpoint), true));
        }
        return commit(
                networks.get(),
                Stream.concat(members.values().stream(), Stream.of(endpoint)).toList());
    }

    private boolean isInPlace(Endpoint endpoint) {
        EgressPolicy there = committed.orElse(EgressPolicy.none(family));
        Optional<EgressWay> way = endpoint.egress().way();
        return !there.bridges().isEmpty()
                && (way.isEmpty()
                        || way.flatMap(numbers::known)
                                .filter(there.exits()::containsKey)
                                .isPresent());
    }

    Stream<Step> left(Endpoint endpoint, Supplier<List<Network>> networks) {
        if (members.remove(endpoint.id()) == null) {
            return Stream.of();
        }
        endpoint.egress().way().ifPresent(way -> takers.computeIfPresent(way, (_, n) -> n == 1 ? null : n - 1));
        boolean last = members.isEmpty()
                || endpoint.egress()
                        .way()
                        .filter(way -> !takers.containsKey(way))
                        .isPresent();
        return last ? commit(networks.get()) : Stream.of(new RuleStep.SetSender(sender(endpoint), false));
    }

    private EgressPolicy policy(Collection<Network> all, Collection<Endpoint> endpoints) {
        List<Network> networks = all.stream()
                .filter(network -> network.subnet(family).isPresent())
                .toList();
        Set<EgressWay> ways = ways(networks, endpoints);
        numbers.use(family, ways);
        if (networks.isEmpty() || uplinks.size() < 2 && ways.isEmpty() && endpoints.isEmpty()) {
            return EgressPolicy.none(family);
        }
        Map<Integer, Exit> exits = new HashMap<>();
        Map<InterfaceName, Integer> arrivals = new HashMap<>();
        for (EgressWay way : ways) {
            int number = numbers.of(way);
            exits.put(number, exit(way, number));
            if (way instanceof EgressWay.Uplink(InterfaceName link)) {
                arrivals.put(link, number);
            }
        }
        Map<IpSubnet, Integer> ofNetworks = new HashMap<>();
        networks.forEach(network -> network.options()
                .way()
                .ifPresent(way -> ofNetworks.put(network.subnet(family).orElseThrow(), numbers.of(way))));
        Set<InterfaceName> bridges = networks.stream().map(Network::bridge).collect(Collectors.toSet());
        return new EgressPolicy(family, exits, ofNetworks, arrivals, bridges, senders(endpoints));
    }

    /** Those that are asked for; with one of them, or several uplinks, all uplinks, for answers to who came in by them. */
    private Set<EgressWay> ways(Collection<Network> networks, Collection<Endpoint> endpoints) {
        Set<EgressWay> ways = new LinkedHashSet<>();
        networks.forEach(network -> network.options().way().ifPresent(ways::add));
        endpoints.forEach(endpoint -> endpoint.egress().way().ifPresent(ways::add));
        if (uplinks.size() > 1 || !ways.isEmpty()) {
            uplinks.keySet().forEach(link -> ways.add(new EgressWay.Uplink(link)));
        }
        return ways;
    }

    private Exit exit(EgressWay way, int number) {
        return switch (way) {
            case EgressWay.Uplink(InterfaceName link) -> new Exit(EgressPolicy.table(number), hop(link));
            case EgressWay.Table(int table) -> new Exit(table, Optional.empty());
        };
    }

    private Set<Sender> senders(Collection<Endpoint> endpoints) {
        return endpoints.stream().map(this::sender).collect(Collectors.toSet());
    }

    private Sender sender(Endpoint endpoint) {
        return Sender.of(
                endpoint.egress(),
                endpoint.address(family).orElseThrow(),
                endpoint.egress().way().flatMap(numbers::known));
    }
}
