package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.Action.Decide;
import dev.bailey.engine.firewall.Action.LookUp;
import dev.bailey.engine.firewall.Action.Masquerade;
import dev.bailey.engine.firewall.Action.Selector;
import dev.bailey.engine.firewall.RuleSet.BaseChain;
import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.ChainType;
import dev.bailey.engine.firewall.RuleSet.Family;
import dev.bailey.engine.firewall.RuleSet.Hook;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.TableId;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Valid rule sets from so few names and values that two of them have much in common and much not. */
final class RandomRuleSets {
    private final RandomGenerator random;

    RandomRuleSets(RandomGenerator random) {
        this.random = random;
    }

    RuleSet next() {
        Map<TableId, Table> tables = new HashMap<>();
        for (Family family : Family.values()) {
            if (random.nextInt(4) > 0) {
                TableId id = new TableId(family, "ours");
                tables.put(id, table(id, Ownership.ENGINE));
            }
        }
        if (random.nextBoolean()) {
            TableId id = new TableId(Family.INET, "user");
            tables.put(id, table(id, Ownership.OPERATOR));
        }
        return new RuleSet(tables);
    }

    private Table table(TableId id, Ownership ownership) {
        List<String> targets = new ArrayList<>();
        Map<String, Key.Type> mapTypes = new HashMap<>();
        Map<String, Optional<BaseChain>> bases = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(4) > 0) {
                boolean isBase = random.nextInt(3) == 0;
                bases.put("c" + i, isBase ? Optional.of(base()) : Optional.empty());
                if (!isBase) {
                    targets.add("c" + i);
                }
            }
            if (random.nextInt(4) > 0) {
                mapTypes.put("m" + i, Key.Type.values()[random.nextInt(Key.Type.values().length)]);
            }
        }
        Set<PortMap> portMaps = EnumSet.noneOf(PortMap.class);
        Stream.of(PortMap.values()).filter(_ -> random.nextBoolean()).forEach(portMaps::add);
        List<Chain> chains = new ArrayList<>();
        bases.forEach((name, base) -> chains.add(new Chain(name, base, rules(targets, mapTypes, portMaps))));
        List<VerdictMap> maps = new ArrayList<>();
        mapTypes.forEach((name, type) -> maps.add(new VerdictMap(name, type, elements(type, targets))));
        return Table.of(id, ownership, chains, maps, portMaps);
    }

    private BaseChain base() {
        return new BaseChain(
                ChainType.FILTER, random.nextBoolean() ? Hook.FORWARD : Hook.PREROUTING, random.nextInt(2));
    }

    private List<Rule> rules(List<String> targets, Map<String, Key.Type> maps, Set<PortMap> portMaps) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            rules.add(new Rule(List.of(), random.nextBoolean(), action(targets, maps, portMaps), ""));
        }
        return rules;
    }

    private Action action(List<String> targets, Map<String, Key.Type> maps, Set<PortMap> portMaps) {
        if (!portMaps.isEmpty() && random.nextInt(4) == 0) {
            PortMap map = List.copyOf(portMaps).get(random.nextInt(portMaps.size()));
            return map.target() == PortMap.Target.ACCEPT ? new Action.Open(map) : new Action.ToSandbox(map);
        }
        String map = "m" + random.nextInt(4);
        if (random.nextBoolean() && maps.containsKey(map)) {
            Selector selector = switch (maps.get(map)) {
                case INTERFACE -> Selector.INPUT_INTERFACE;
                case SUBNET -> Selector.SOURCE_ADDRESS;
                case IPV6_SUBNET -> Selector.IPV6_SOURCE_ADDRESS;
            };
            return new LookUp(selector, map);
        }
        return random.nextInt(5) == 0
                ? new Masquerade(SourcePorts.values()[random.nextInt(2)])
                : new Decide(verdict(targets));
    }

    private Verdict verdict(List<String> targets) {
        if (targets.isEmpty() || random.nextInt(3) == 0) {
            return random.nextBoolean() ? new Verdict.Accept() : new Verdict.Drop();
        }
        String target = targets.get(random.nextInt(targets.size()));
        return random.nextBoolean() ? new Verdict.Jump(target) : new Verdict.GoTo(target);
    }

    private Map<Key, Verdict> elements(Key.Type type, List<String> targets) {
        Map<Key, Verdict> elements = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                Key key = switch (type) {
                    case INTERFACE -> new Key.Interface(new InterfaceName("if" + i));
                    case SUBNET -> new Key.Addresses(new Subnet(Ipv4Address.of(i << 8), 24));
                    case IPV6_SUBNET -> new Key.Ipv6Addresses(new Ipv6Subnet(new Ipv6Address(0xfdL << 56 | i, 0), 64));
                };
                elements.put(key, verdict(targets));
            }
        }
        return elements;
    }
}
