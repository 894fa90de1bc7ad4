package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.TableId;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Applies changes one by one and refuses, as the kernel does, each one that does not fit what is there. */
public final class StrictTables {
    private final Map<TableId, Table> tables;

    public StrictTables(RuleSet start) {
        this.tables = new LinkedHashMap<>(start.tables());
    }

    public RuleSet apply(List<Change> changes) {
        changes.forEach(this::apply);
        return new RuleSet(tables);
    }

    /** Each table is made anew after each change, so that whatever dangles is refused by the table itself. */
    private void apply(Change change) {
        TableId id = change.table();
        switch (change) {
            case Change.AddTable add -> {
                require(!tables.containsKey(id), change);
                tables.put(id, Table.of(id, add.ownership(), List.of(), List.of()));
            }
            case Change.RemoveTable remove -> require(tables.remove(id) != null, change);
            case Change.AddChain add -> {
                require(!chains(id).containsKey(add.chain()), change);
                put(id, new Chain(add.chain(), add.base(), List.of()));
            }
            case Change.RemoveChain remove -> {
                require(chain(id, remove.chain()).rules().isEmpty(), change);
                Map<String, Chain> chains = new LinkedHashMap<>(chains(id));
                chains.remove(remove.chain());
                put(id, chains, table(id).maps());
            }
            case Change.AddRule add -> {
                Chain chain = chain(id, add.chain());
                List<Rule> rules = new ArrayList<>(chain.rules());
                rules.add(add.rule());
                put(id, new Chain(chain.name(), chain.base(), rules));
            }
            case Change.ClearRules clear -> {
                Chain chain = chain(id, clear.chain());
                put(id, new Chain(chain.name(), chain.base(), List.of()));
            }
            case Change.AddMap add -> {
                require(!table(id).maps().containsKey(add.map()), change);
                put(id, new VerdictMap(add.map(), add.keyType(), Map.of()));
            }
            case Change.RemoveMap remove -> {
                require(map(id, remove.map()).elements().isEmpty(), change);
                Map<String, VerdictMap> maps = new LinkedHashMap<>(table(id).maps());
                maps.remove(remove.map());
                put(id, chains(id), maps);
            }
            case Change.AddPortMap add -> changePortMaps(change, maps -> maps.add(add.map()));
            case Change.RemovePortMap remove -> changePortMaps(change, maps -> maps.remove(remove.map()));
            case Change.AddElement add -> {
                Map<Key, Verdict> elements =
                        new LinkedHashMap<>(map(id, add.map()).elements());
                require(elements.put(add.key(), add.verdict()) == null, change);
                put(id, new VerdictMap(add.map(), map(id, add.map()).keyType(), elements));
            }
            case Change.RemoveElement remove -> {
                Map<Key, Verdict> elements =
                        new LinkedHashMap<>(map(id, remove.map()).elements());
                require(remove.verdict().equals(elements.remove(remove.key())), change);
                put(id, new VerdictMap(remove.map(), map(id, remove.map()).keyType(), elements));
            }
        }
    }

    private void changePortMaps(Change change, Predicate<Set<PortMap>> fits) {
        TableId id = change.table();
        Set<PortMap> maps = new HashSet<>(table(id).portMaps());
        require(fits.test(maps), change);
        tables.put(id, table(id).with(maps));
    }

    private void put(TableId id, Chain chain) {
        Map<String, Chain> chains = new LinkedHashMap<>(chains(id));
        chains.put(chain.name(), chain);
        put(id, chains, table(id).maps());
    }

    private void put(TableId id, VerdictMap map) {
        Map<String, VerdictMap> maps = new LinkedHashMap<>(table(id).maps());
        maps.put(map.name(), map);
        put(id, chains(id), maps);
    }

    private void put(TableId id, Map<String, Chain> chains, Map<String, VerdictMap> maps) {
        tables.put(
                id, new Table(id, table(id).ownership(), chains, maps, table(id).portMaps()));
    }

    private Table table(TableId id) {
        return Objects.requireNonNull(tables.get(id), () -> "no table " + id);
    }

    private Map<String, Chain> chains(TableId id) {
        return table(id).chains();
    }

    private Chain chain(TableId id, String name) {
        return Objects.requireNonNull(chains(id).get(name), () -> "no chain " + name);
    }

    private VerdictMap map(TableId id, String name) {
        return Objects.requireNonNull(table(id).maps().get(name), () -> "no map " + name);
    }

    private static void require(boolean fits, Change change) {
        if (!fits) {
            throw new IllegalStateException("does not fit: " + change);
        }
    }
}
