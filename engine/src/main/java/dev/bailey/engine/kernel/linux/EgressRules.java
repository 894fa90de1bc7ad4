package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.model.IpFamily;
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
import dev.bailey.netlink.nftables.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The table of the ways out of one family, in nf_tables' terms; pure. That of IPv6 is the same with its own types, and lets
 * through what never leaves a link.
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
    /** ICMP_PKT_FILTERED of linux/icmp.h. */
    private static final int ICMP_ADMIN_PROHIBITED = 13;
    /** ICMPV6_ADM_PROHIBITED of linux/icmpv6.h. */
    private static final int ICMPV6_ADMIN_PROHIBITED = 1;

    private static final int BEFORE_ROUTING = -150;
    private static final int FILTER = 0;
    private static final int BEFORE_MASQUERADE = 99;

    private static final EgressRules IPV4 = new EgressRules(
            Family.IP, FieldType.IPV4, Selector.IP_SADDR, Selector.IP_DADDR, ICMP_ADMIN_PROHIBITED, List.of());
    /** Where neighbour discovery goes, which whoever passes bridged frames through the IP rules brings here. */
    private static final EgressRules IPV6 = new EgressRules(
            Family.IP6,
            FieldType.IPV6,
            Selector.IP6_SADDR,
            Selector.IP6_DADDR,
            ICMPV6_ADMIN_PROHIBITED,
            List.of(Prefix.parse("fe80::/10"), Prefix.parse("ff02::/16")));

    private final TableId id;
    private final Selector source;
    private final Selector destination;
    private final int refusal;
    private final List<Prefix> onLink;
    private final MapDefinition senderWays;
    private final MapDefinition networkWays;
    private final MapDefinition arrivals;
    private final MapDefinition sources;
    private final SetDefinition limited;
    private final SetDefinition allowed;
    private final SetDefinition bridges;
    private final Chain leaving;
    private final Chain prerouting;
    private final Chain forward;
    private final Chain postrouting;

    private EgressRules(
            Family family, FieldType type, Selector source, Selector destination, int refusal, List<Prefix> onLink) {
        this.id = new TableId(family, "bailey");
        this.source = source;
        this.destination = destination;
        this.refusal = refusal;
        this.onLink = onLink;
        ValueType address = ValueType.of(type);
        ValueType link = ValueType.of(FieldType.INTERFACE_NAME);
        senderWays = MapDefinition.of(id, "sender_ways", address, MapData.VERDICTS);
        networkWays = MapDefinition.intervals(id, "network_ways", address, MapData.VERDICTS);
        arrivals = MapDefinition.of(id, "arrivals", link, MapData.VERDICTS);
        sources = MapDefinition.of(id, "sources", address, MapData.values(type));
        limited = SetDefinition.of(id, "limited", type);
        allowed = SetDefinition.intervals(id, "allowed", type, type, FieldType.PROTOCOL, FieldType.PORT);
        bridges = SetDefinition.of(id, "bridges", FieldType.INTERFACE_NAME);
        leaving = Chain.regular(id, "leaving");
        prerouting = hook("prerouting", ChainType.FILTER, HookPoint.PREROUTING, BEFORE_ROUTING);
        forward = hook("forward", ChainType.FILTER, HookPoint.FORWARD, FILTER);
        postrouting = hook("postrouting", ChainType.NAT, HookPoint.POSTROUTING, BEFORE_MASQUERADE);
    }

    /** Those of a family. */
    static EgressRules of(IpFamily family) {
        return switch (family) {
            case IPV4 -> IPV4;
            case IPV6 -> IPV6;
        };
    }

    private Chain hook(String name, ChainType type, HookPoint point, int priority) {
        return Chain.base(id, name, Hook.of(type, point, priority, Policy.ACCEPT));
    }

    /** The name of the table. */
    TableId id() {
        return id;
    }

    /** The table as who makes it or takes it over names it. */
    Table table() {
        return Table.of(id.family(), id.name(), TableFlag.OWNER, TableFlag.PERSIST);
    }

    List<SetOrMap> sets() {
        return List.of(senderWays, networkWays, arrivals, sources, limited, allowed, bridges);
    }

    List<Chain> chains(EgressPolicy policy) {
        List<Chain> chains = new ArrayList<>();
        for (int number : new TreeSet<>(policy.exits().keySet())) {
            chains.add(Chain.regular(id, way(number)));
        }
        for (int number : new TreeSet<>(policy.arrivals().values())) {
            chains.add(Chain.regular(id, arrival(number)));
        }
        chains.addAll(List.of(leaving, prerouting, forward, postrouting));
        return chains;
    }

    /** The rules of a chain in their order, those of different chains in whatever order. */
    List<Rule> rules(EgressPolicy policy) {
        List<Rule> rules = new ArrayList<>();
        rules.add(Rule.of(prerouting, Matches.notIn(bridges, Selector.IIFNAME), Statements.accept()));
        for (int number : new TreeSet<>(policy.exits().keySet())) {
            rules.add(rule(way(number), Statements.setMark(EgressPolicy.mark(number), EgressPolicy.MARK_MASK)));
        }
        for (int number : new TreeSet<>(policy.arrivals().values())) {
            int mark = EgressPolicy.mark(number);
            rules.add(rule(arrival(number), Statements.setCtMark(mark, EgressPolicy.MARK_MASK)));
            rules.add(Rule.of(
                    prerouting,
                    Matches.ctDirection(CtDirection.REPLY),
                    Matches.ctMark(mark, EgressPolicy.MARK_MASK),
                    Statements.goTo(way(number))));
        }
        rules.add(Rule.of(prerouting, Statements.vmap(senderWays, source)));
        rules.add(Rule.of(prerouting, Statements.vmap(networkWays, source)));
        Clause toBridge = Matches.in(bridges, Selector.OIFNAME);
        rules.add(Rule.of(forward, Matches.ctState(CtState.ESTABLISHED, CtState.RELATED), Statements.accept()));
        rules.add(Rule.of(forward, toBridge, Statements.vmap(arrivals, Selector.IIFNAME)));
        rules.add(Rule.of(forward, Matches.in(limited, source), Statements.goTo(leaving.name())));
        rules.addAll(leavingRules());
        rules.add(Rule.of(postrouting, toBridge, Statements.accept()));
        rules.add(Rule.of(postrouting, Statements.snat(sources, source)));
        return rules;
    }

    private List<Rule> leavingRules() {
        List<Rule> rules = new ArrayList<>();
        onLink.forEach(prefix -> rules.add(Rule.of(leaving, Matches.daddr(prefix), Statements.accept())));
        rules.add(Rule.of(
                leaving,
                Matches.in(allowed, source, destination, Selector.L4PROTO, Selector.TH_DPORT),
                Statements.accept()));
        rules.add(Rule.of(leaving, Statements.counter(), Clause.of(new Reject(Reject.Kind.ICMP, refusal)))
                .withComment("not on the endpoint's allow list"));
        return rules;
    }

    private Rule rule(String chain, Clause clause) {
        return Rule.of(id, chain, List.of(clause));
    }

    static String way(int number) {
        return "way" + number;
    }

    static String arrival(int number) {
        return "arrival" + number;
    }

    /** Writes the table with all that is in it. */
    Batch create(Batch batch, EgressPolicy policy) {
        batch.add(table());
        sets().forEach(batch::add);
        chains(policy).forEach(batch::add);
        rules(policy).forEach(batch::add);
        for (SetOrMap set : sets()) {
            add(batch, set, EgressElements.of(set, policy));
        }
        return batch;
    }

    static void add(Batch batch, SetOrMap set, List<Element> elements) {
        if (!elements.isEmpty()) {
            batch.add(set, elements);
        }
    }
}
