package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.Action.Decide;
import dev.bailey.engine.firewall.Action.LookUp;
import dev.bailey.engine.firewall.Action.Selector;
import dev.bailey.engine.firewall.Action.ToSandbox;
import dev.bailey.engine.firewall.Match.CtState;
import dev.bailey.engine.firewall.Match.CtStateIn;
import dev.bailey.engine.firewall.Match.DestinationIn;
import dev.bailey.engine.firewall.Match.DestinationLocal;
import dev.bailey.engine.firewall.Match.OfFamily;
import dev.bailey.engine.firewall.Match.SourceIn;
import dev.bailey.engine.firewall.Match.Transport;
import dev.bailey.engine.firewall.RuleSet.BaseChain;
import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.ChainType;
import dev.bailey.engine.firewall.RuleSet.Family;
import dev.bailey.engine.firewall.RuleSet.Hook;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Priority;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.TableId;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of a policy, for nftables.
 *
 * <p>A packet of a known connection passes at the first rule. Any other one is looked up twice, by the bridge it comes
 * from and by the bridge it goes to, and sees the rules of these two networks only: the cost does not depend on how many
 * there are. Packets that neither come from nor go to one of the bridges pass, and so does what is for the host itself.
 *
 * <ul>
 *   <li>Towards a network passes what was asked for from inside, what came to a published port, what carries the accept
 *       mark and, with icc, what comes from the same bridge. Everything else is dropped and counted, unless the gateway mode
 *       opens the endpoints' own addresses: routed those ports that are published and ICMP, nat-unprotected all of them,
 *       nat those that are published, from trusted links.
 *   <li>From a network everything passes that no other network keeps out. With masquerade, packets that connection
 *       tracking cannot place are dropped: they would leave with the sandbox's address, and the answer would break the
 *       connection they pretend to belong to.
 *   <li>An internal network has neither way out nor way in, mark and published ports included.
 *   <li>A port is published for whatever is sent to an address of this host, by whom it may be or by those it is for, but
 *       nothing that passes through is ever redirected. The sender keeps its address, unless the answer would not come back
 *       this way: within one network, and from 127.0.0.1. Nothing is redirected to a routed network.
 *   <li>What others publish comes first, and only what nobody takes goes to a sandbox.
 *   <li>Nothing from a network gets to 127.0.0.0/8 or comes from there, so that bridges may be allowed to route such
 *       addresses (net.ipv4.conf.BRIDGE.route_localnet), which published ports need to be found at 127.0.0.1.
 *   <li>Masquerade, or the address that is set in its place, is for what leaves by other links than the networks' bridges:
 *       from one network to another the sender keeps its address.
 *   <li>What is said of the ways in and out holds for IPv6 as well: what passes towards a network is what was asked for from
 *       inside, what came to a published port and what comes from its own bridge. Its maps and rules are there while a network
 *       has IPv6. Nothing is redirected from ::1, where the kernel lets no answer come back to, and from addresses of a link,
 *       which nothing is forwarded for.
 * </ul>
 *
 * <p>The operator's own rules have a table of their own, of which base chains stand just before ours. They can drop, or
 * set the accept mark to let something in.
 */
public final class FirewallRules {
    /** The table of the rules. */
    public static final TableId TABLE = new TableId(Family.INET, "bailey");
    /** The table for the operator's own rules. */
    public static final TableId OPERATOR_TABLE = new TableId(Family.INET, "bailey-user");

    private static final String FORWARD = "forward";
    private static final String POSTROUTING = "postrouting";
    private static final String FORWARD_FROM = "forward_from";
    private static final String FORWARD_TO = "forward_to";
    private static final String POSTROUTING_FROM = "postrouting_from";
    private static final String POSTROUTING_FROM_IPV6 = "postrouting_from6";
    private static final String POSTROUTING_TO = "postrouting_to";
    private static final String PREROUTING = "prerouting";
    private static final String OUTPUT = "output";
    private static final String PUBLISHED = "published_ports";
    private static final String PUBLISHED_IPV6 = "published_ports6";
    private static final String GUARD = "guard";
    private static final String GUARD_FROM = "guard_from";
    private static final String MARTIAN = "martian";
    private static final BaseChain FORWARD_HOOK = new BaseChain(ChainType.FILTER, Hook.FORWARD, Priority.FILTER);
    private static final BaseChain POSTROUTING_HOOK = new BaseChain(ChainType.NAT, Hook.POSTROUTING, Priority.SRCNAT);

    private static final BaseChain GUARD_HOOK = new BaseChain(ChainType.FILTER, Hook.PREROUTING, Priority.RAW);
    private static final BaseChain PREROUTING_HOOK = new BaseChain(ChainType.NAT, Hook.PREROUTING, Priority.DSTNAT + 1);
    private static final BaseChain OUTPUT_HOOK = new BaseChain(ChainType.NAT, Hook.OUTPUT, Priority.DSTNAT + 1);

    /** The chains that are no network's own, the same ones in all rule sets: a comparison has nothing to look at in them. */
    private static final List<Chain> COMMON_OF_IPV4 = common(false);

    private static final List<Chain> COMMON_OF_BOTH = common(true);

    private final List<Chain> chains = new ArrayList<>();
    private final Map<Key, Verdict> guardFrom = new LinkedHashMap<>();
    private final Map<Key, Verdict> forwardFrom = new LinkedHashMap<>();
    private final Map<Key, Verdict> forwardTo = new LinkedHashMap<>();
    private final Map<Key, Verdict> postroutingFrom = new LinkedHashMap<>();
    private final Map<Key, Verdict> postroutingFromIpv6 = new LinkedHashMap<>();
    private final Map<Key, Verdict> postroutingTo = new LinkedHashMap<>();

    private FirewallRules() {}

    /** The rule set that carries out the policy; O(networks). */
    public static RuleSet of(FirewallPolicy policy) {
        return of(policy, policy.hasIpv6());
    }

    /**
     * The changes that lead from the rules of one policy to those of another, in the order to apply them; none when there is no
     * difference. Networks that both have are compared and no more: what costs is those that differ.
     */
    public static List<Change> changes(FirewallPolicy from, FirewallPolicy to) {
        return RuleSetDiff.between(of(from.unlike(to), from.hasIpv6()), of(to.unlike(from), to.hasIpv6()));
    }

    /** The rules of networks that may be some of several, with all that does not belong to one of them. */
    private static RuleSet of(FirewallPolicy policy, boolean ipv6) {
        FirewallRules rules = new FirewallRules();
        rules.chains.addAll(ipv6 ? COMMON_OF_BOTH : COMMON_OF_IPV4);
        policy.networks().forEach(network -> rules.add(NetworkChains.of(network, policy.acceptMark())));
        return RuleSet.of(operatorTable(), rules.table(ipv6));
    }

    private static List<Chain> common(boolean ipv6) {
        List<Chain> chains = new ArrayList<>(List.of(guard(), martian(), prerouting(ipv6), output(ipv6), published()));
        if (ipv6) {
            chains.add(publishedByIpv6());
        }
        chains.addAll(List.of(forward(), postrouting(ipv6)));
        return List.copyOf(chains);
    }

    private static Table operatorTable() {
        List<Chain> hooks = List.of(
                new Chain(FORWARD, Optional.of(before(FORWARD_HOOK)), List.of()),
                new Chain(POSTROUTING, Optional.of(before(POSTROUTING_HOOK)), List.of()));
        return Table.of(OPERATOR_TABLE, Ownership.OPERATOR, hooks, List.of());
    }

    private static BaseChain before(BaseChain ours) {
        return new BaseChain(ours.type(), ours.hook(), ours.priority() - 1);
    }

    private Table table(boolean ipv6) {
        List<VerdictMap> maps = new ArrayList<>(List.of(
                new VerdictMap(GUARD_FROM, Key.Type.INTERFACE, guardFrom),
                new VerdictMap(FORWARD_FROM, Key.Type.INTERFACE, forwardFrom),
                new VerdictMap(FORWARD_TO, Key.Type.INTERFACE, forwardTo),
                new VerdictMap(POSTROUTING_TO, Key.Type.INTERFACE, postroutingTo),
                new VerdictMap(POSTROUTING_FROM, Key.Type.SUBNET, postroutingFrom)));
        if (ipv6) {
            maps.add(new VerdictMap(POSTROUTING_FROM_IPV6, Key.Type.IPV6_SUBNET, postroutingFromIpv6));
        }
        Set<PortMap> portMaps = ipv6 ? EnumSet.allOf(PortMap.class) : PortMap.all(IpFamily.IPV4);
        return Table.of(TABLE, Ownership.ENGINE, chains, maps, portMaps);
    }

    /** Before connection tracking, which gives answers to 127.0.0.1 that address back afterwards. */
    private static Chain guard() {
        Action lookUp = new LookUp(Selector.INPUT_INTERFACE, GUARD_FROM);
        return new Chain(
                GUARD,
                Optional.of(GUARD_HOOK),
                List.of(
                        new Rule(List.of(new DestinationIn(NetworkRules.LOOPBACK)), false, lookUp, ""),
                        new Rule(List.of(new SourceIn(NetworkRules.LOOPBACK)), false, lookUp, "")));
    }

    private static Chain martian() {
        return new Chain(
                MARTIAN, Optional.empty(), List.of(NetworkRules.drop(List.of(), "127.0.0.0/8 is on this host only")));
    }

    /** A packet to 127.0.0.1 that comes in by a link is left to the kernel, which drops it. */
    private static Chain prerouting(boolean ipv6) {
        List<Rule> rules = new ArrayList<>(toPublished(ipv6));
        rules.addFirst(rule(new DestinationIn(NetworkRules.LOOPBACK), new Verdict.Return()));
        return new Chain(PREROUTING, Optional.of(PREROUTING_HOOK), rules);
    }

    private static Chain output(boolean ipv6) {
        return new Chain(OUTPUT, Optional.of(OUTPUT_HOOK), toPublished(ipv6));
    }

    private static List<Rule> toPublished(boolean ipv6) {
        Rule ofIpv4 = rule(new DestinationLocal(), new Verdict.GoTo(PUBLISHED));
        Verdict toIpv6 = new Verdict.GoTo(PUBLISHED_IPV6);
        List<Match> local = List.of(new OfFamily(IpFamily.IPV6), new DestinationLocal());
        return ipv6 ? List.of(new Rule(local, false, new Decide(toIpv6), ""), ofIpv4) : List.of(ofIpv4);
    }

    private static Chain published() {
        return new Chain(PUBLISHED, Optional.empty(), redirecting(IpFamily.IPV4).toList());
    }

    private static Chain publishedByIpv6() {
        Stream<Rule> left = Stream.of("::1/128", "fe80::/10")
                .map(subnet -> rule(new DestinationIn(Ipv6Subnet.parse(subnet)), new Verdict.Return()));
        return new Chain(
                PUBLISHED_IPV6,
                Optional.empty(),
                Stream.concat(left, redirecting(IpFamily.IPV6)).toList());
    }

    private static Stream<Rule> redirecting(IpFamily family) {
        return PortMap.all(family).stream()
                .filter(map -> map.target() != PortMap.Target.ACCEPT)
                .flatMap(FirewallRules::redirecting);
    }

    /** For nft 1.0.6 a map of ranges with ports in it needs the protocol to be known, or it does not take its own listing. */
    private static Stream<Rule> redirecting(PortMap map) {
        Action action = new ToSandbox(map);
        return map.isOfRanges() && map.target() == PortMap.Target.SANDBOX_PORT
                ? Stream.of(TransportProtocol.values())
                        .map(protocol -> new Rule(List.of(new Transport(protocol)), false, action, ""))
                : Stream.of(new Rule(List.of(), false, action, ""));
    }

    private static Chain forward() {
        return new Chain(
                FORWARD,
                Optional.of(FORWARD_HOOK),
                List.of(
                        rule(ctState(CtState.ESTABLISHED, CtState.RELATED), new Verdict.Accept()),
                        lookUp(Selector.INPUT_INTERFACE, FORWARD_FROM),
                        lookUp(Selector.OUTPUT_INTERFACE, FORWARD_TO)));
    }

    private static Chain postrouting(boolean ipv6) {
        List<Rule> rules = new ArrayList<>(List.of(
                lookUp(Selector.OUTPUT_INTERFACE, POSTROUTING_TO), lookUp(Selector.SOURCE_ADDRESS, POSTROUTING_FROM)));
        if (ipv6) {
            rules.add(lookUp(Selector.IPV6_SOURCE_ADDRESS, POSTROUTING_FROM_IPV6));
        }
        return new Chain(POSTROUTING, Optional.of(POSTROUTING_HOOK), rules);
    }

    private void add(NetworkChains own) {
        NetworkPolicy network = own.policy();
        Key bridge = new Key.Interface(network.bridge());
        chains.addAll(own.all());
        guardFrom.put(bridge, new Verdict.GoTo(MARTIAN));
        forwardTo.put(bridge, goTo(own.towards()));
        own.from().ifPresent(chain -> forwardFrom.put(bridge, new Verdict.Jump(chain.name())));
        postroutingTo.put(bridge, own.hairpin().map(FirewallRules::goTo).orElse(new Verdict.Return()));
        own.leaving()
                .ifPresent(chain ->
                        postroutingFrom.put(new Key.Addresses(network.subnet().orElseThrow()), goTo(chain)));
        own.leavingByIpv6()
                .ifPresent(chain -> postroutingFromIpv6.put(
                        new Key.Ipv6Addresses(network.ipv6().orElseThrow().subnet()), goTo(chain)));
    }

    private static Verdict goTo(Chain chain) {
        return new Verdict.GoTo(chain.name());
    }

    private static Match ctState(CtState first, CtState... others) {
        return new CtStateIn(EnumSet.of(first, others));
    }

    private static Rule lookUp(Selector selector, String map) {
        return new Rule(List.of(), false, new LookUp(selector, map), "");
    }

    private static Rule rule(Match match, Verdict verdict) {
        return new Rule(List.of(match), false, new Decide(verdict), "");
    }
}
