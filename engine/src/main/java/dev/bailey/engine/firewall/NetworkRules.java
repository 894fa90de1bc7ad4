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
import dev.bailey.engine.firewall.Match.Ipv4;
import dev.bailey.engine.firewall.Match.Marked;
import dev.bailey.engine.firewall.Match.OutputInterface;
import dev.bailey.engine.firewall.Match.SourceIn;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
        return switch (options.gatewayMode()) {
            case NAT ->
                options.trustedInterfaces().stream()
                        .map(link -> open(List.of(new InputInterface(link)), PortMap.OPENED))
                        .toList();
            case NAT_UNPROTECTED -> List.of(accept(new Ipv4()));
            case ROUTED ->
                List.of(accept(new Icmp()), open(List.of(), PortMap.OPENED), open(List.of(), PortMap.OPENED_FROM));
            case ISOLATED -> List.of();
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
        return options.leavesWithHostAddress() || leavesWithHostAddressByIpv6()
                ? List.of(stays(), drop(List.of(new CtStateIn(EnumSet.of(CtState.INVALID))), "cannot be masqueraded"))
                : List.of();
    }

    private Rule stays() {
        return new Rule(List.of(new OutputInterface(bridge)), false, new Decide(new Verdict.Return()), "");
    }

    /** What came to a published port and would not be answered this way; none where nothing is redirected. */
    List<Rule> hairpin() {
        return options.internal() || options.isRouted()
                ? List.of()
                : Stream.of(LOOPBACK, network.subnet())
                        .map(from -> new Rule(
                                List.of(new SourceIn(from), new DestinationTranslated()), true, new Masquerade(), ""))
                        .toList();
    }

    /** Whose address packets leave the host with; none where it is their own. */
    List<Rule> leaving() {
        Action action = options.sourceAddress().<Action>map(SourceAddress::new).orElse(new Masquerade());
        return options.leavesWithHostAddress() ? List.of(new Rule(List.of(), true, action, "")) : List.of();
    }

    /** Whose address IPv6 packets leave the host with; none where it is their own, or where there are none. */
    List<Rule> leavingByIpv6() {
        return leavesWithHostAddressByIpv6() ? List.of(new Rule(List.of(), true, new Masquerade(), "")) : List.of();
    }

    private boolean leavesWithHostAddressByIpv6() {
        return options.masquerade()
                && !options.internal()
                && network.ipv6()
                        .filter(part -> part.gatewayMode() == GatewayMode.NAT)
                        .isPresent();
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
