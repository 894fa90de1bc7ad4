package dev.bailey.engine.kernel.linux;

import static dev.bailey.netlink.nftables.Verdict.ACCEPT;
import static dev.bailey.netlink.nftables.Verdict.DROP;
import static dev.bailey.netlink.nftables.Verdict.RETURN;
import static dev.bailey.netlink.nftables.Verdict.goTo;
import static dev.bailey.netlink.nftables.Verdict.jump;

import dev.bailey.engine.firewall.Action;
import dev.bailey.engine.firewall.Change;
import dev.bailey.engine.firewall.Key;
import dev.bailey.engine.firewall.Match;
import dev.bailey.engine.firewall.PortElement;
import dev.bailey.engine.firewall.PortMap;
import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.Verdict;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.Clause;
import dev.bailey.netlink.nftables.CtState;
import dev.bailey.netlink.nftables.CtStatus;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.FieldType;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.MapData;
import dev.bailey.netlink.nftables.MapDefinition;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.NatFlag;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Prefix;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Selector;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.Table;
import dev.bailey.netlink.nftables.TableFlag;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.Value;
import dev.bailey.netlink.nftables.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The engine's rule sets in nf_tables' terms; pure. */
final class RuleCompiler {
    private static final Value ICMP = Value.protocol(1);
    private static final Value ICMPV6 = Value.protocol(58);

    private RuleCompiler() {}

    /** Adds changes to a batch, in their order. */
    static Batch write(Batch batch, List<Change> changes) {
        changes.forEach(change -> write(batch, change));
        return batch;
    }

    private static void write(Batch batch, Change change) {
        TableId table = id(change.table());
        switch (change) {
            case Change.AddTable c -> batch.add(table(c.table(), c.ownership()));
            case Change.RemoveTable _ -> batch.delete(table);
            case Change.AddChain c -> batch.add(chain(c.table(), c.chain(), c.base()));
            case Change.RemoveChain c -> batch.deleteChain(table, c.chain());
            case Change.AddRule c -> batch.add(rule(c.table(), c.chain(), c.rule()));
            case Change.ClearRules c -> batch.flushChain(table, c.chain());
            case Change.AddMap c -> batch.add(map(c.table(), c.map(), c.keyType()));
            case Change.RemoveMap c -> batch.delete(map(c.table(), c.map(), Key.Type.INTERFACE));
            case Change.AddElement c ->
                batch.add(map(c.table(), c.map(), c.key().type()), element(c.key(), c.verdict()));
            case Change.AddPortMap c -> batch.add(map(c.table(), c.map()));
            case Change.RemovePortMap c -> batch.delete(map(c.table(), c.map()));
            case Change.RemoveElement c ->
                batch.delete(map(c.table(), c.map(), c.key().type()), element(c.key(), c.verdict()));
        }
    }

    /** Takes elements of ports away and adds others; O(of both). */
    static Batch write(
            Batch batch, RuleSet.TableId table, Collection<PortElement> removed, Collection<PortElement> added) {
        elements(removed).forEach((map, elements) -> batch.delete(map(table, map), elements));
        elements(added).forEach((map, elements) -> batch.create(map(table, map), elements));
        return batch;
    }

    /** The elements by the map that they belong to. */
    static Map<PortMap, List<Element>> elements(Collection<PortElement> ports) {
        Map<PortMap, List<Element>> elements = new EnumMap<>(PortMap.class);
        ports.forEach(element ->
                elements.computeIfAbsent(element.map(), _ -> new ArrayList<>()).add(element(element)));
        return elements;
    }

    private static Element element(PortElement element) {
        IpSubnet senders = element.senders();
        IpSubnet addresses = element.addresses();
        Element keys = Element.range(
                key(element, senders.base(), addresses.base(), element.ports().first()),
                key(element, senders.last(), addresses.last(), element.ports().last()));
        Value address = value(element.sandboxAddress());
        return switch (element.map().target()) {
            case SANDBOX_PORT -> keys.to(address, Value.port(element.sandboxPort()));
            case SANDBOX -> keys.to(address);
            case ACCEPT -> keys.to(ACCEPT);
        };
    }

    private static Value key(PortElement element, IpAddress sender, IpAddress address, int port) {
        Value protocol = Value.protocol(element.protocol().number());
        return switch (element.map().key()) {
            case PORT -> Value.concat(protocol, Value.port(port));
            case ADDRESS_PORT -> Value.concat(value(address), protocol, Value.port(port));
            case SENDER_ADDRESS_PORT -> Value.concat(value(sender), value(address), protocol, Value.port(port));
        };
    }

    static MapDefinition map(RuleSet.TableId table, PortMap map) {
        ValueType key =
                ValueType.of(Stream.of(selectors(map)).map(Selector::type).toArray(FieldType[]::new));
        FieldType address = switch (map.family()) {
            case IPV4 -> FieldType.IPV4;
            case IPV6 -> FieldType.IPV6;
        };
        MapData data = switch (map.target()) {
            case SANDBOX_PORT -> MapData.values(address, FieldType.PORT);
            case SANDBOX -> MapData.values(address);
            case ACCEPT -> MapData.VERDICTS;
        };
        return map.isOfRanges()
                ? MapDefinition.intervals(id(table), map.toString(), key, data)
                : MapDefinition.of(id(table), map.toString(), key, data);
    }

    private static Selector[] selectors(PortMap map) {
        boolean ipv4 = map.family() == IpFamily.IPV4;
        Selector source = ipv4 ? Selector.IP_SADDR : Selector.IP6_SADDR;
        Selector destination = ipv4 ? Selector.IP_DADDR : Selector.IP6_DADDR;
        return switch (map.key()) {
            case PORT -> new Selector[] {Selector.L4PROTO, Selector.TH_DPORT};
            case ADDRESS_PORT -> new Selector[] {destination, Selector.L4PROTO, Selector.TH_DPORT};
            case SENDER_ADDRESS_PORT -> new Selector[] {source, destination, Selector.L4PROTO, Selector.TH_DPORT};
        };
    }

    static TableId id(RuleSet.TableId id) {
        Family family = switch (id.family()) {
            case INET -> Family.INET;
            case IP -> Family.IP;
            case IP6 -> Family.IP6;
        };
        return new TableId(family, id.name());
    }

    /** A table of the engine's own is owned, so that a flush by others spares it, and stays when the engine goes. */
    static Table table(RuleSet.TableId id, RuleSet.Ownership ownership) {
        TableId to = id(id);
        return switch (ownership) {
            case ENGINE -> Table.of(to.family(), to.name(), TableFlag.OWNER, TableFlag.PERSIST);
            case OPERATOR -> Table.of(to.family(), to.name());
        };
    }

    static Chain chain(RuleSet.TableId table, String name, Optional<RuleSet.BaseChain> base) {
        return base.map(hook -> Chain.base(id(table), name, hook(hook)))
                .orElseGet(() -> Chain.regular(id(table), name));
    }

    private static Hook hook(RuleSet.BaseChain base) {
        ChainType type = switch (base.type()) {
            case FILTER -> ChainType.FILTER;
            case NAT -> ChainType.NAT;
        };
        HookPoint point = switch (base.hook()) {
            case PREROUTING -> HookPoint.PREROUTING;
            case OUTPUT -> HookPoint.OUTPUT;
            case FORWARD -> HookPoint.FORWARD;
            case POSTROUTING -> HookPoint.POSTROUTING;
        };
        return Hook.of(type, point, base.priority(), Policy.ACCEPT);
    }

    static MapDefinition map(RuleSet.TableId table, String name, Key.Type keyType) {
        return switch (keyType) {
            case INTERFACE ->
                MapDefinition.of(id(table), name, ValueType.of(FieldType.INTERFACE_NAME), MapData.VERDICTS);
            case SUBNET -> MapDefinition.intervals(id(table), name, ValueType.of(FieldType.IPV4), MapData.VERDICTS);
            case IPV6_SUBNET ->
                MapDefinition.intervals(id(table), name, ValueType.of(FieldType.IPV6), MapData.VERDICTS);
        };
    }

    static Element element(Key key, Verdict verdict) {
        Element element = switch (key) {
            case Key.Interface(var name) -> Element.of(Value.interfaceName(name.value()));
            case Key.Addresses(var subnet) -> Element.of(prefix(subnet));
            case Key.Ipv6Addresses(var subnet) -> Element.of(prefix(subnet));
        };
        return switch (verdict) {
            case Verdict.Accept() -> element.to(ACCEPT);
            case Verdict.Drop() -> element.to(DROP);
            case Verdict.Return() -> element.to(RETURN);
            case Verdict.Jump(var chain) -> element.to(jump(chain));
            case Verdict.GoTo(var chain) -> element.to(goTo(chain));
        };
    }

    static Rule rule(RuleSet.TableId table, String chain, RuleSet.Rule rule) {
        List<Clause> clauses = new ArrayList<>();
        rule.matches().forEach(match -> clauses.add(clause(match)));
        if (rule.counted()) {
            clauses.add(Statements.counter());
        }
        clauses.add(clause(table, rule.action()));
        Rule compiled = Rule.of(id(table), chain, clauses);
        return rule.comment().isEmpty() ? compiled : compiled.withComment(rule.comment());
    }

    private static Clause clause(Match match) {
        return switch (match) {
            case Match.InputInterface(var name) -> Matches.iifname(name.value());
            case Match.OutputInterface(var name) -> Matches.oifname(name.value());
            case Match.CtStateIn(var states) -> {
                CtState[] all = states.stream().map(RuleCompiler::state).toArray(CtState[]::new);
                yield Matches.ctState(all[0], all);
            }
            case Match.DestinationTranslated() -> Matches.ctStatus(CtStatus.DNAT);
            case Match.DestinationLocal() -> Matches.fibDaddrLocal();
            case Match.OfFamily(var family) ->
                switch (family) {
                    case IPV4 -> Matches.ipv4();
                    case IPV6 -> Matches.ipv6();
                };
            case Match.Transport(var protocol) -> Matches.l4proto(Value.protocol(protocol.number()));
            case Match.Icmp(var family) ->
                Matches.l4proto(
                        switch (family) {
                            case IPV4 -> ICMP;
                            case IPV6 -> ICMPV6;
                        });
            case Match.SourceIn(var subnet) -> Matches.saddr(prefix(subnet));
            case Match.DestinationIn(var subnet) -> Matches.daddr(prefix(subnet));
            case Match.Marked(var mark) -> Matches.mark(mark.value(), mark.mask());
        };
    }

    private static Prefix prefix(IpSubnet subnet) {
        return new Prefix(value(subnet.base()), subnet.prefixLength());
    }

    private static Value value(IpAddress address) {
        return Value.of(address.toByteArray());
    }

    private static CtState state(Match.CtState state) {
        return switch (state) {
            case ESTABLISHED -> CtState.ESTABLISHED;
            case RELATED -> CtState.RELATED;
            case INVALID -> CtState.INVALID;
        };
    }

    private static Clause clause(RuleSet.TableId table, Action action) {
        return switch (action) {
            case Action.Decide(var verdict) -> clause(verdict);
            case Action.Masquerade(var ports) -> Statements.masquerade(flags(ports));
            case Action.SourceAddress(var address, var ports) -> Statements.snat(value(address), flags(ports));
            case Action.Open(var map) -> Statements.vmap(map(table, map), selectors(map));
            case Action.ToSandbox(var map) -> Statements.dnat(map(table, map), selectors(map));
            case Action.LookUp lookUp ->
                Statements.vmap(map(table, lookUp.map(), lookUp.selector().keyType()), selector(lookUp.selector()));
        };
    }

    private static NatFlag[] flags(SourcePorts ports) {
        return switch (ports) {
            case KEPT -> new NatFlag[0];
            case RANDOM -> new NatFlag[] {NatFlag.FULLY_RANDOM};
        };
    }

    private static Selector selector(Action.Selector selector) {
        return switch (selector) {
            case INPUT_INTERFACE -> Selector.IIFNAME;
            case OUTPUT_INTERFACE -> Selector.OIFNAME;
            case SOURCE_ADDRESS -> Selector.IP_SADDR;
            case IPV6_SOURCE_ADDRESS -> Selector.IP6_SADDR;
        };
    }

    private static Clause clause(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accept() -> Statements.accept();
            case Verdict.Drop() -> Statements.drop();
            case Verdict.Return() -> Statements.returning();
            case Verdict.Jump(var chain) -> Statements.jump(chain);
            case Verdict.GoTo(var chain) -> Statements.goTo(chain);
        };
    }
}
