package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.Action.Decide;
import dev.bailey.engine.firewall.Action.Masquerade;
import dev.bailey.engine.firewall.Action.Open;
import dev.bailey.engine.firewall.Action.SourceAddress;
import dev.bailey.engine.firewall.Match.CtState;
import dev.bailey.engine.firewall.Match.CtStateIn;
import dev.bailey.engine.firewall.Match.DestinationTranslated;
import dev.bailey.engine.firewall.Match.Icmp;
import dev.bailey.engine.firewall.Match.InputInterface;
import dev.bailey.engine.firewall.Match.Marked;
import dev.bailey.engine.firewall.Match.OfFamily;
import dev.bailey.engine.firewall.Match.OutputInterface;
import dev.bailey.engine.firewall.Match.SourceIn;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that are about one network alone, in chains of its own; as many however much is published. */
final class NetworkRules {
    static final Subnet LOOPBACK = Subnet.parse("127.0.0.0/8");

    private final NetworkPolicy network;
    private final InterfaceName bridge;
    private final NetworkOptions options;

    NetworkRules(NetworkPolicy network) {
        this.network = network;
        this.bridge = network.bridge();
        this.options = network.options();
    }

    /** What may reach the network; whatever comes to the end does not. */
    List<Rule> towards(PacketMark acceptMark) {
        List<Rule> rules = new ArrayList<>();
        if (!options.internal()) {
            rules.add(accept(new DestinationTranslated()));
            rules.add(accept(new Marked(acceptMark)));
        }
        Verdict neighbour = options.icc() ? new Verdict.Accept() : new Verdict.Drop();
        if (options.icc() || !ownAddresses().isEmpty()) {
            rules.add(new Rule(List.of(new InputInterface(bridge)), false, new Decide(neighbour), ""));
        }
        rules.addAll(ownAddresses());
        rules.add(drop(List.of(), "not asked for by " + bridge));
        return rules;
    }

    /** What is sent to the endpoints' own addresses, by whom it may be. */
    private List<Rule> ownAddresses() {
        if (options.internal()) {
            return List.of();
        }
        return Stream.concat(
                        network.subnet().stream().flatMap(_ -> ownAddresses(IpFamily.IPV4, options.gatewayMode())),
                        network.ipv6().stream().flatMap(part -> ownAddresses(IpFamily.IPV6, part.gatewayMode())))
                .toList();
    }

    private Stream<Rule> ownAddresses(IpFamily family, GatewayMode mode) {
        PortMap opened = PortMap.OPENED.of(family);
        return switch (mode) {
            case NAT ->
                options.trustedInterfaces().stream().map(link -> open(List.of(new InputInterface(link)), opened));
            case NAT_UNPROTECTED -> Stream.of(accept(new OfFamily(family)));
            case ROUTED ->
                Stream.of(
                        accept(new Icmp(family)),
                        open(List.of(), opened),
                        open(List.of(), PortMap.OPENED_FROM.of(family)));
            case ISOLATED -> Stream.empty();
        };
    }

    /**
     * What may not leave the network; none where everything may. What stays on the bridge, seen where bridged frames pass the
     * IP rules too, is up to the chain towards it.
     */
    List<Rule> from() {
        if (options.internal()) {
            return List.of(stays(), drop(List.of(), "internal: no way out of " + bridge));
        }
        List<Rule> rules = new ArrayList<>();
        if (network.subnet().isEmpty()) {
            rules.add(drop(List.of(new OfFamily(IpFamily.IPV4)), "no IPv4 on " + bridge));
        }
        if (network.leavesWithHostAddress() || leavesWithHostAddressByIpv6()) {
            rules.add(drop(List.of(new CtStateIn(EnumSet.of(CtState.INVALID))), "cannot be masqueraded"));
        }
        return rules.isEmpty()
                ? rules
                : Stream.concat(Stream.of(stays()), rules.stream()).toList();
    }

    private Rule stays() {
        return new Rule(List.of(new OutputInterface(bridge)), false, new Decide(new Verdict.Return()), "");
    }

    /** What came to a published port and would not be answered this way; none where nothing is redirected. */
    List<Rule> hairpin() {
        if (options.internal()) {
            return List.of();
        }
        Stream<IpSubnet> ipv4 = network.subnet().stream()
                .filter(_ -> !options.isRouted())
                .flatMap(subnet -> Stream.of(LOOPBACK, subnet));
        Stream<IpSubnet> ipv6 =
                network.ipv6().stream().filter(part -> !part.isRouted()).map(NetworkIpv6::subnet);
        return Stream.concat(ipv4, ipv6)
                .map(from -> new Rule(
                        List.of(new SourceIn(from), new DestinationTranslated()),
                        true,
                        new Masquerade(SourcePorts.KEPT),
                        ""))
                .toList();
    }

    /** Whose address packets leave the host with; none where it is their own. */
    List<Rule> leaving() {
        Action action = leavingWith(options.sourceAddress());
        return network.leavesWithHostAddress() ? List.of(new Rule(List.of(), true, action, "")) : List.of();
    }

    /** Whose address IPv6 packets leave the host with; none where it is their own, or where there are none. */
    List<Rule> leavingByIpv6() {
        Action action = leavingWith(network.ipv6().flatMap(NetworkIpv6::sourceAddress));
        return leavesWithHostAddressByIpv6() ? List.of(new Rule(List.of(), true, action, "")) : List.of();
    }

    private Action leavingWith(Optional<? extends IpAddress> address) {
        SourcePorts ports = options.sourcePorts();
        return address.<Action>map(named -> new SourceAddress(named, ports)).orElseGet(() -> new Masquerade(ports));
    }

    private boolean leavesWithHostAddressByIpv6() {
        return options.masquerade()
                && !options.internal()
                && network.ipv6().filter(part -> !part.isRouted()).isPresent();
    }

    private static Rule accept(Match match) {
        return new Rule(List.of(match), false, new Decide(new Verdict.Accept()), "");
    }

    private static Rule open(List<Match> matches, PortMap map) {
        return new Rule(matches, false, new Open(map), "");
    }

    static Rule drop(List<Match> matches, String comment) {
        return new Rule(matches, true, new Decide(new Verdict.Drop()), comment);
    }
}
