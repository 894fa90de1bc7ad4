package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.TableId;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way from one rule set to another. What both have stays as it is, with its counters; of what differs, an element is
 * the smallest part of a map and all rules are the smallest part of a chain. A table of the operator's is made where it
 * is missing; whether and how it exists otherwise makes no difference.
 *
 * <p>First goes what nothing may refer to any more, from the referring to the referred to; then comes what is new, the
 * other way round. Costs O(n) for what both sets contain: it is for changes of networks, not of endpoints.
 */
public final class RuleSetDiff {
    private final List<Change> changes = new ArrayList<>();

    private RuleSetDiff() {}

    /**
     * The changes, in the order to apply them; none when there is no difference.
     *
     * @param from what is
     * @param to what is to be
     */
    public static List<Change> between(RuleSet from, RuleSet to) {
        RuleSetDiff diff = new RuleSetDiff();
        from.tables().values().stream()
                .filter(table -> diff.isDropped(table, to.tables().get(table.id())))
                .forEach(table -> diff.changes.add(new Change.RemoveTable(table.id())));
        for (Table wanted : to.tables().values()) {
            diff.table(from.tables().get(wanted.id()), wanted);
        }
        return List.copyOf(diff.changes);
    }

    private boolean isDropped(Table table, @Nullable Table wanted) {
        return table.ownership() == Ownership.ENGINE && (wanted == null || wanted.ownership() != Ownership.ENGINE);
    }

    private void table(@Nullable Table is, Table wanted) {
        TableId id = wanted.id();
        if (is != null && is.ownership() == Ownership.OPERATOR) {
            if (wanted.ownership() == Ownership.ENGINE) {
                throw new IllegalArgumentException("table " + id.name() + " is the operator's: it is not taken over");
            }
            return;
        }
        if (is == null || is.ownership() != wanted.ownership()) {
            changes.add(new Change.AddTable(id, wanted.ownership()));
            is = Table.of(id, wanted.ownership(), List.of(), List.of());
        }
        removeElements(is, wanted);
        clearChains(is, wanted);
        removeMapsAndChains(is, wanted);
        addMapsAndChains(is, wanted);
        fillChains(is, wanted);
        addElements(is, wanted);
    }

    private void removeElements(Table is, Table wanted) {
        for (VerdictMap map : is.maps().values()) {
            VerdictMap kept = keptMap(map, wanted);
            map.elements().forEach((key, verdict) -> {
                if (kept == null || !verdict.equals(kept.elements().get(key))) {
                    changes.add(new Change.RemoveElement(is.id(), map.name(), key, verdict));
                }
            });
        }
    }

    private void clearChains(Table is, Table wanted) {
        for (Chain chain : is.chains().values()) {
            Chain kept = keptChain(chain, wanted);
            boolean differs = kept == null || !kept.rules().equals(chain.rules());
            if (differs && !chain.rules().isEmpty()) {
                changes.add(new Change.ClearRules(is.id(), chain.name()));
            }
        }
    }

    private void removeMapsAndChains(Table is, Table wanted) {
        is.portMaps().stream()
                .filter(map -> !wanted.portMaps().contains(map))
                .forEach(map -> changes.add(new Change.RemovePortMap(is.id(), map)));
        for (VerdictMap map : is.maps().values()) {
            if (keptMap(map, wanted) == null) {
                changes.add(new Change.RemoveMap(is.id(), map.name()));
            }
        }
        for (Chain chain : is.chains().values()) {
            if (keptChain(chain, wanted) == null) {
                changes.add(new Change.RemoveChain(is.id(), chain.name()));
            }
        }
    }

    private void addMapsAndChains(Table is, Table wanted) {
        wanted.portMaps().stream()
                .filter(map -> !is.portMaps().contains(map))
                .forEach(map -> changes.add(new Change.AddPortMap(is.id(), map)));
        for (VerdictMap map : wanted.maps().values()) {
            if (keptMap(map, is) == null) {
                changes.add(new Change.AddMap(is.id(), map.name(), map.keyType()));
            }
        }
        for (Chain chain : wanted.chains().values()) {
            if (keptChain(chain, is) == null) {
                changes.add(new Change.AddChain(is.id(), chain.name(), chain.base()));
            }
        }
    }

    private void fillChains(Table is, Table wanted) {
        for (Chain chain : wanted.chains().values()) {
            Chain kept = keptChain(chain, is);
            if (kept == null || !kept.rules().equals(chain.rules())) {
                chain.rules().forEach(rule -> changes.add(new Change.AddRule(is.id(), chain.name(), rule)));
            }
        }
    }

    private void addElements(Table is, Table wanted) {
        for (VerdictMap map : wanted.maps().values()) {
            VerdictMap kept = keptMap(map, is);
            map.elements().forEach((key, verdict) -> {
                if (kept == null || !verdict.equals(kept.elements().get(key))) {
                    changes.add(new Change.AddElement(is.id(), map.name(), key, verdict));
                }
            });
        }
    }

    /** The map of the same name in the other table, if one can be made into the other element by element. */
    private static @Nullable VerdictMap keptMap(VerdictMap map, Table other) {
        VerdictMap same = other.maps().get(map.name());
        return same != null && same.keyType() == map.keyType() ? same : null;
    }

    /** The chain of the same name in the other table, if one can be made into the other rule by rule. */
    private static @Nullable Chain keptChain(Chain chain, Table other) {
        Chain same = other.chains().get(chain.name());
        return same != null && Objects.equals(same.base(), chain.base()) ? same : null;
    }
}
