package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.TableId;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What must hold between the chains and maps of one table for the kernel to take it. */
final class References {
    private final TableId table;
    private final Map<String, Chain> chains;
    private final Map<String, VerdictMap> maps;
    private final Set<PortMap> portMaps;

    private References(TableId table, Map<String, Chain> chains, Map<String, VerdictMap> maps, Set<PortMap> portMaps) {
        this.table = table;
        this.chains = chains;
        this.maps = maps;
        this.portMaps = portMaps;
    }

    static void check(TableId table, Map<String, Chain> chains, Map<String, VerdictMap> maps, Set<PortMap> portMaps) {
        References references = new References(table, chains, maps, portMaps);
        chains.values().forEach(chain -> chain.rules().forEach(references::check));
        maps.values().forEach(references::check);
    }

    private void check(Rule rule) {
        switch (rule.action()) {
            case Action.Decide decide -> check(decide.verdict());
            case Action.LookUp lookUp -> check(lookUp);
            case Action.Masquerade _ -> {}
            case Action.SourceAddress _ -> {}
            case Action.Open(PortMap map) -> require(portMaps.contains(map), () -> "it has no map " + map);
            case Action.ToSandbox(PortMap map) -> require(portMaps.contains(map), () -> "it has no map " + map);
        }
    }

    private void check(Action.LookUp lookUp) {
        VerdictMap map = maps.get(lookUp.map());
        require(map != null, () -> "it has no map " + lookUp.map());
        require(
                map != null && map.keyType() == lookUp.selector().keyType(),
                () -> "map " + lookUp.map() + " cannot be asked for " + lookUp.selector());
    }

    private void check(VerdictMap map) {
        map.elements().forEach((key, verdict) -> {
            require(key.type() == map.keyType(), () -> "map " + map.name() + " cannot have the key " + key);
            check(verdict);
        });
        List<Subnet> subnets = map.elements().keySet().stream()
                .filter(Key.Addresses.class::isInstance)
                .map(key -> ((Key.Addresses) key).subnet())
                .sorted()
                .toList();
        for (int i = 1; i < subnets.size(); i++) {
            checkApart(
                    map, subnets.get(i - 1), subnets.get(i), subnets.get(i - 1).overlaps(subnets.get(i)));
        }
        List<Ipv6Subnet> ipv6 = map.elements().keySet().stream()
                .filter(Key.Ipv6Addresses.class::isInstance)
                .map(key -> ((Key.Ipv6Addresses) key).subnet())
                .sorted()
                .toList();
        for (int i = 1; i < ipv6.size(); i++) {
            checkApart(map, ipv6.get(i - 1), ipv6.get(i), ipv6.get(i - 1).overlaps(ipv6.get(i)));
        }
    }

    private void checkApart(VerdictMap map, Object one, Object next, boolean overlap) {
        require(!overlap, () -> "keys " + one + " and " + next + " of map " + map.name() + " overlap");
    }

    private void check(Verdict verdict) {
        verdict.target().ifPresent(target -> {
            Chain chain = chains.get(target);
            require(chain != null, () -> "it has no chain " + target);
            require(chain != null && chain.base().isEmpty(), () -> target + " is a base chain: nobody can jump to it");
        });
    }

    private void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("table " + table.name() + ": " + otherwise.get());
        }
    }
}
