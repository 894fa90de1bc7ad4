package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.model.InterfaceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chains that are about one network alone.
 *
 * @param policy whose they are
 * @param towards what may reach the network
 * @param from what may not leave it; none where everything may
 * @param hairpin what came to a published port and would not be answered this way; none where nothing is redirected
 * @param leaving whose address packets leave the host with; none where it is their own
 * @param leavingByIpv6 the same for IPv6 packets
 */
record NetworkChains(
        NetworkPolicy policy,
        Chain towards,
        Optional<Chain> from,
        Optional<Chain> hairpin,
        Optional<Chain> leaving,
        Optional<Chain> leavingByIpv6) {
    /** The chains of a network. */
    static NetworkChains of(NetworkPolicy policy, PacketMark acceptMark) {
        NetworkRules rules = new NetworkRules(policy);
        InterfaceName bridge = policy.bridge();
        return new NetworkChains(
                policy,
                chain("to", bridge, rules.towards(acceptMark)),
                some("from", bridge, rules.from()),
                some("hairpin", bridge, rules.hairpin()),
                some("masquerade", bridge, rules.leaving()),
                some("masquerade6", bridge, rules.leavingByIpv6()));
    }

    private static Optional<Chain> some(String prefix, InterfaceName bridge, List<Rule> rules) {
        return rules.isEmpty() ? Optional.empty() : Optional.of(chain(prefix, bridge, rules));
    }

    private static Chain chain(String prefix, InterfaceName bridge, List<Rule> rules) {
        return new Chain(Names.chain(prefix, bridge), Optional.empty(), rules);
    }

    /** All of them. */
    List<Chain> all() {
        return Stream.concat(
                        Stream.of(towards),
                        Stream.of(from, hairpin, leaving, leavingByIpv6).flatMap(Optional::stream))
                .toList();
    }
}
