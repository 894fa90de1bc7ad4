package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.AllowedRanges;
import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Sender;
import dev.bailey.engine.model.Subnet;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.Clause;
import dev.bailey.netlink.nftables.CtDirection;
import dev.bailey.netlink.nftables.CtState;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.FieldType;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.MapData;
import dev.bailey.netlink.nftables.MapDefinition;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Prefix;
import dev.bailey.netlink.nftables.Reject;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Selector;
import dev.bailey.netlink.nftables.SetDefinition;
import dev.bailey.netlink.nftables.SetOrMap;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.Table;
import dev.bailey.netlink.nftables.TableFlag;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.Value;
import dev.bailey.netlink.nftables.ValueType;
import dev.bailey.netlink.nftables.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The table of the ways out, in nf_tables' terms; pure.
 *
 * <pre>{@code
 * table ip bailey {
 *     map sender_ways { type ipv4_addr : verdict }                    # endpoints with a way of their own: goto way1
 *     map network_ways { type ipv4_addr : verdict; flags interval }   # networks with one
 *     map arrivals { type ifname : verdict }                          # uplinks: goto arrival1
 *     map sources { type ipv4_addr : ipv4_addr }                      # endpoints with an address to leave with
 *     set limited { type ipv4_addr }                                  # endpoints with an allow list
 *     set allowed { type ipv4_addr . ipv4_addr . inet_proto . inet_service; flags interval }
 *     set bridges { type ifname }
 *     chain way1 { meta mark set meta mark & 0x03ffffff | 0x04000000 }
 *     chain arrival1 { ct mark set ct mark & 0x03ffffff | 0x04000000 }
 *     chain prerouting { type filter hook prerouting priority -150
 *         iifname != @bridges accept
 *         ct direction reply ct mark & 0xfc000000 == 0x04000000 goto way1    # for each uplink
 *         ip saddr vmap @sender_ways
 *         ip saddr vmap @network_ways
 *     }
 *     chain forward { type filter hook forward priority 0
 *         ct state established,related accept
 *         oifname @bridges iifname vmap @arrivals
 *         ip saddr @limited goto leaving
 *     }
 *     chain leaving {
 *         ip saddr . ip daddr . meta l4proto . th dport @allowed accept
 *         counter reject with icmp admin-prohibited
 *     }
 *     chain postrouting { type nat hook postrouting priority 99
 *         oifname @bridges accept
 *         snat to ip saddr map @sources
 *     }
 * }
 * }</pre>
 *
 * <p>A packet costs a look-up before it is routed, one from a container three, and the first one of a connection four more,
 * however many networks and endpoints there are; to that of a container a comparison is added for each uplink. Addresses are the endpoints' own: whoever sends with another
 * one does not get past the guard.
 */
final class EgressRules {
    static final TableId TABLE = new TableId(Family.IP, "bailey");

    private static final int BEFORE_ROUTING = -150;
    private static final int FILTER = 0;
    private static final int BEFORE_MASQUERADE = 99;
    private static final int ADMIN_PROHIBITED = 13;
    private static final MapDefinition SENDER_WAYS =
            MapDefinition.of(TABLE, "sender_ways", ValueType.of(FieldType.IPV4), MapData.VERDICTS);
    private static final MapDefinition NETWORK_WAYS =
            MapDefinition.intervals(TABLE, "network_ways", ValueType.of(FieldType.IPV4), MapData.VERDICTS);
    private static final MapDefinition ARRIVALS =
            MapDefinition.of(TABLE, "arrivals", ValueType.of(FieldType.INTERFACE_NAME), MapData.VERDICTS);
    private static final MapDefinition SOURCES =
            MapDefinition.of(TABLE, "sources", ValueType.of(FieldType.IPV4), MapData.values(FieldType.IPV4));
    private static final SetDefinition LIMITED = SetDefinition.of(TABLE, "limited", FieldType.IPV4);
    private static final SetDefinition ALLOWED = SetDefinition.intervals(
            TABLE, "allowed", FieldType.IPV4, FieldType.IPV4, FieldType.PROTOCOL, FieldType.PORT);
    private static final SetDefinition BRIDGES = SetDefinition.of(TABLE, "bridges", FieldType.INTERFACE_NAME);
    private static final Chain LEAVING = Chain.regular(TABLE, "leaving");
    private static final Chain PREROUTING = hook("prerouting", ChainType.FILTER, HookPoint.PREROUTING, BEFORE_ROUTING);
    private static final Chain FORWARD = hook("forward", ChainType.FILTER, HookPoint.FORWARD, FILTER);
    private static final Chain POSTROUTING =
            hook("postrouting", ChainType.NAT, HookPoint.POSTROUTING, BEFORE_MASQUERADE);

    private EgressRules() {}

    private static Chain hook(String name, ChainType type, HookPoint point, int priority) {
        return Chain.base(TABLE, name, Hook.of(type, point, priority, Policy.ACCEPT));
    }

    /** The table as who makes it or takes it over names it. */
    static Table table() {
        return Table.of(TABLE.family(), TABLE.name(), TableFlag.OWNER, TableFlag.PERSIST);
    }

    static List<SetOrMap> sets() {
        return List.of(SENDER_WAYS, NETWORK_WAYS, ARRIVALS, SOURCES, LIMITED, ALLOWED, BRIDGES);
    }

    static List<Chain> chains(EgressPolicy policy) {
        List<Chain> chains = new ArrayList<>();
        for (int number : new TreeSet<>(policy.exits().keySet())) {
            chains.add(Chain.regular(TABLE, way(number)));
        }
        for (int number : new TreeSet<>(policy.arrivals().values())) {
            chains.add(Chain.regular(TABLE, arrival(number)));
        }
        chains.addAll(List.of(LEAVING, PREROUTING, FORWARD, POSTROUTING));
        return chains;
    }

    /** The rules of a chain in their order, those of different chains in whatever order. */
    static List<Rule> rules(EgressPolicy policy) {
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.of(PREROUTING, Matches.notIn(BRIDGES, Selector.IIFNAME), Statements.accept()));
        for (int number : new TreeSet<>(policy.exits().keySet())) {
            rules.add(rule(way(number), Statements.setMark(EgressPolicy.mark(number), EgressPolicy.MARK_MASK)));
        }
        for (int number : new TreeSet<>(policy.arrivals().values())) {
            int mark = EgressPolicy.mark(number);
            rules.add(rule(arrival(number), Statements.setCtMark(mark, EgressPolicy.MARK_MASK)));
            rules.add(Rule.of(
                    PREROUTING,
                    Matches.ctDirection(CtDirection.REPLY),
                    Matches.ctMark(mark, EgressPolicy.MARK_MASK),
                    Statements.goTo(way(number))));
        }
        rules.add(Rule.of(PREROUTING, Statements.vmap(SENDER_WAYS, Selector.IP_SADDR)));
        rules.add(Rule.of(PREROUTING, Statements.vmap(NETWORK_WAYS, Selector.IP_SADDR)));
        Clause toBridge = Matches.in(BRIDGES, Selector.OIFNAME);
        rules.add(Rule.of(FORWARD, Matches.ctState(CtState.ESTABLISHED, CtState.RELATED), Statements.accept()));
        rules.add(Rule.of(FORWARD, toBridge, Statements.vmap(ARRIVALS, Selector.IIFNAME)));
        rules.add(Rule.of(FORWARD, Matches.in(LIMITED, Selector.IP_SADDR), Statements.goTo(LEAVING.name())));
        rules.add(Rule.of(
                LEAVING,
                Matches.in(ALLOWED, Selector.IP_SADDR, Selector.IP_DADDR, Selector.L4PROTO, Selector.TH_DPORT),
                Statements.accept()));
        rules.add(Rule.of(LEAVING, Statements.counter(), Clause.of(new Reject(Reject.Kind.ICMP, ADMIN_PROHIBITED)))
                .withComment("not on the endpoint's allow list"));
        rules.add(Rule.of(POSTROUTING, toBridge, Statements.accept()));
        rules.add(Rule.of(POSTROUTING, Statements.snat(SOURCES, Selector.IP_SADDR)));
        return rules;
    }

    private static Rule rule(String chain, Clause clause) {
        return Rule.of(TABLE, chain, List.of(clause));
    }

    private static String way(int number) {
        return "way" + number;
    }

    private static String arrival(int number) {
        return "arrival" + number;
    }

    /** Writes the table with all that is in it. */
    static Batch create(Batch batch, EgressPolicy policy) {
        batch.add(table());
        sets().forEach(batch::add);
        chains(policy).forEach(batch::add);
        rules(policy).forEach(batch::add);
        for (SetOrMap set : sets()) {
            add(batch, set, elements(set, policy));
        }
        return batch;
    }

    static void add(Batch batch, SetOrMap set, List<Element> elements) {
        if (!elements.isEmpty()) {
            batch.add(set, elements);
        }
    }

    /** The elements that a set of the table has. */
    static List<Element> elements(SetOrMap set, EgressPolicy policy) {
        return switch (set.name()) {
            case "network_ways" ->
                new TreeMap<>(policy.networks())
                        .entrySet().stream()
                                .map(each -> Element.of(prefix(each.getKey())).to(Verdict.goTo(way(each.getValue()))))
                                .toList();
            case "arrivals" ->
                policy.arrivals().entrySet().stream()
                        .map(each -> Element.of(
                                        Value.interfaceName(each.getKey().value()))
                                .to(Verdict.goTo(arrival(each.getValue()))))
                        .toList();
            case "bridges" ->
                policy.bridges().stream()
                        .map(bridge -> Element.of(Value.interfaceName(bridge.value())))
                        .toList();
            default -> elements(set, policy.senders());
        };
    }

    /** The elements that a set of the table has for some senders. */
    static List<Element> elements(SetOrMap set, Collection<Sender> senders) {
        return senders.stream()
                .flatMap(sender -> switch (set.name()) {
                    case "sender_ways" ->
                        sender.way().stream().map(number -> address(sender).to(Verdict.goTo(way(number))));
                    case "sources" ->
                        sender.source().stream().map(source -> address(sender).to(Value.ipv4(source.bits())));
                    case "limited" -> sender.allowed().isEmpty() ? Stream.<Element>of() : Stream.of(address(sender));
                    case "allowed" -> allowed(sender);
                    default -> Stream.<Element>of();
                })
                .toList();
    }

    private static Element address(Sender sender) {
        return Element.of(Value.ipv4(sender.address().bits()));
    }

    private static Stream<Element> allowed(Sender sender) {
        if (sender.allowed().isEmpty()) {
            return Stream.of();
        }
        Value own = Value.ipv4(sender.address().bits());
        return AllowedRanges.of(sender.subnet(), sender.allowed()).stream()
                .map(range -> Element.range(
                        Value.concat(
                                own,
                                Value.ipv4(range.destination().base().bits()),
                                Value.protocol(range.firstProtocol()),
                                Value.port(range.ports().first())),
                        Value.concat(
                                own,
                                Value.ipv4(range.destination().broadcast().bits()),
                                Value.protocol(range.lastProtocol()),
                                Value.port(range.ports().last()))));
    }

    private static Prefix prefix(Subnet subnet) {
        return new Prefix(Value.ipv4(subnet.base().bits()), subnet.prefixLength());
    }
}
