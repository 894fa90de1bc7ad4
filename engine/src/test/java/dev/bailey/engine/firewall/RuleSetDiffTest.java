package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Seed;
import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.Family;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Differences: that they lead where they should, in an order the kernel takes, and touch nothing else. */
class RuleSetDiffTest {
    private static final int ROUNDS = 20_000;

    @Test
    void between_anyTwo_leadsFromOneToTheOther() {
        RandomRuleSets random = new RandomRuleSets(Seed.generator("between_anyTwo_leadsFromOneToTheOther"));
        for (int i = 0; i < ROUNDS; i++) {
            RuleSet from = random.next();
            RuleSet to = random.next();
            List<Change> changes = RuleSetDiff.between(from, to);
            RuleSet reached = new StrictTables(from).apply(changes);
            if (!reached.equals(withOperatorTables(from, to))) {
                assertThat(reached).as("%s%n%s%nby %s", from, to, changes).isEqualTo(withOperatorTables(from, to));
            }
        }
    }

    /** What is to come of {@code to} where the operator has tables already: they stay as they are. */
    private static RuleSet withOperatorTables(RuleSet from, RuleSet to) {
        Map<TableId, Table> tables = new HashMap<>(to.tables());
        from.tables().values().stream()
                .filter(table -> table.ownership() == Ownership.OPERATOR)
                .forEach(table -> tables.put(table.id(), table));
        return new RuleSet(tables);
    }

    @Test
    void between_anyTwo_leavesAloneWhatBothHave() {
        RandomRuleSets random = new RandomRuleSets(Seed.generator("between_anyTwo_leavesAloneWhatBothHave"));
        int shared = 0;
        for (int i = 0; i < ROUNDS; i++) {
            RuleSet from = random.next();
            RuleSet to = random.next();
            Set<Object> common = parts(from);
            common.retainAll(parts(to));
            shared += common.size();
            for (Change change : RuleSetDiff.between(from, to)) {
                if (touched(from, change).stream().anyMatch(common::contains)) {
                    assertThat(change).as("%s%n%s", from, to).isNull();
                }
            }
        }
        assertThat(shared).as("parts in common, over all rounds").isGreaterThan(ROUNDS / 5);
    }

    private record ChainOf(TableId table, Chain chain) {}

    private static Set<Object> parts(RuleSet ruleSet) {
        Set<Object> parts = new HashSet<>();
        ruleSet.tables().values().forEach(table -> {
            table.chains().values().forEach(chain -> parts.add(new ChainOf(table.id(), chain)));
            table.maps()
                    .values()
                    .forEach(map -> map.elements()
                            .forEach((key, verdict) ->
                                    parts.add(new Change.RemoveElement(table.id(), map.name(), key, verdict))));
        });
        return parts;
    }

    /** The parts of the first rule set that a change destroys. */
    private static Set<Object> touched(RuleSet from, Change change) {
        return switch (change) {
            case Change.RemoveTable remove ->
                parts(RuleSet.of(Objects.requireNonNull(from.tables().get(remove.table()))));
            case Change.RemoveElement remove -> Set.of(remove);
            case Change.ClearRules clear -> chain(from, clear.table(), clear.chain());
            case Change.RemoveChain remove -> chain(from, remove.table(), remove.chain());
            case Change.AddTable add -> Set.of();
            case Change.AddChain add -> Set.of();
            case Change.AddRule add -> chain(from, add.table(), add.chain());
            case Change.AddMap add -> Set.of();
            case Change.RemoveMap remove -> Set.of();
            case Change.AddPortMap add -> Set.of();
            case Change.RemovePortMap remove -> Set.of();
            case Change.AddElement add -> Set.of();
        };
    }

    private static Set<Object> chain(RuleSet from, TableId table, String name) {
        return Optional.ofNullable(from.tables().get(table))
                .map(t -> t.chains().get(name))
                .<Set<Object>>map(chain -> Set.of(new ChainOf(table, chain)))
                .orElse(Set.of());
    }

    @Test
    void between_same_isEmpty() {
        RandomRuleSets random = new RandomRuleSets(Seed.generator("between_same_isEmpty"));
        for (int i = 0; i < 1_000; i++) {
            RuleSet ruleSet = random.next();
            assertThat(RuleSetDiff.between(ruleSet, ruleSet)).isEmpty();
        }
    }

    @Test
    void between_operatorsTableTakenForOurs_refuses() {
        TableId id = new TableId(Family.INET, "t");
        RuleSet operators = RuleSet.of(Table.of(id, Ownership.OPERATOR, List.of(), List.of()));
        RuleSet ours = RuleSet.of(Table.of(id, Ownership.ENGINE, List.of(), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RuleSetDiff.between(operators, ours))
                .withMessage("table t is the operator's: it is not taken over");
    }
}
