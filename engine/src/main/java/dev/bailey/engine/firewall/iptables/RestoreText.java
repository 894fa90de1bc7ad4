package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.iptables.IptablesRules.Anchor;
import dev.bailey.engine.firewall.iptables.IptablesRules.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code iptables-restore --noflush} must read to bring the engine's part of the tables from what it is to what it
 * should be. Each table is one commit; what is right is not mentioned and keeps its counters.
 */
public final class RestoreText {
    private final List<String> lines = new ArrayList<>();

    private RestoreText() {}

    /**
     * The text; empty when there is no difference. O(the engine's rules).
     *
     * @param from what is
     * @param to what is to be
     */
    public static String between(List<Table> from, List<Table> to) {
        StringBuilder text = new StringBuilder();
        for (Table wanted : to) {
            text.append(section(named(from, wanted.name()).orElse(Table.empty(wanted.name())), wanted));
        }
        for (Table is : from) {
            if (named(to, is.name()).isEmpty()) {
                text.append(section(is, Table.empty(is.name())));
            }
        }
        return text.toString();
    }

    /** What is, as if no rule of others stood behind one of the engine's that is to be the last. */
    public static List<Table> withoutOthersBehind(List<Table> tables) {
        return tables.stream()
                .map(table -> new Table(
                        table.name(),
                        table.chains(),
                        table.hooks(),
                        table.anchors().stream().map(Anchor::asLast).toList()))
                .toList();
    }

    /** The names of the tables that {@link #between} has something to say about. */
    public static List<String> tablesThatDiffer(List<Table> from, List<Table> to) {
        return between(from, to)
                .lines()
                .filter(line -> line.startsWith("*"))
                .map(line -> line.substring(1))
                .toList();
    }

    /**
     * What remains when the engine leaves the tables: a chain of the operator's that has rules, and the way to it.
     *
     * @param tables what is
     */
    public static List<Table> withoutEngine(List<Table> tables) {
        return tables.stream()
                .filter(table -> table.hooks().values().stream().anyMatch(rules -> !rules.isEmpty()))
                .map(table -> new Table(
                        table.name(),
                        Map.of(),
                        table.hooks(),
                        table.anchors().stream()
                                .filter(anchor -> anchor.rule().equals("-j " + Chains.USER))
                                .toList()))
                .toList();
    }

    private static Optional<Table> named(List<Table> tables, String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    private static String section(Table is, Table wanted) {
        RestoreText text = new RestoreText();
        text.makeChains(is, wanted);
        text.removeAnchors(is, wanted);
        wanted.chains().forEach((chain, rules) -> text.fill(chain, is.chains().getOrDefault(chain, List.of()), rules));
        text.addAnchors(is, wanted);
        text.removeChains(is, wanted);
        return text.lines.isEmpty() ? "" : "*" + wanted.name() + "\n" + String.join("\n", text.lines) + "\nCOMMIT\n";
    }

    private void makeChains(Table is, Table wanted) {
        Set<String> missing = new HashSet<>(wanted.chains().keySet());
        missing.addAll(wanted.hooks().keySet());
        missing.removeAll(is.chains().keySet());
        missing.removeAll(is.hooks().keySet());
        missing.stream().sorted().forEach(chain -> lines.add(":" + chain + " - [0:0]"));
    }

    private void removeAnchors(Table is, Table wanted) {
        is.anchors().stream()
                .filter(found -> isMisplaced(found, is, wanted))
                .forEach(found -> lines.add("-D " + found.chain() + " " + found.rule()));
    }

    /** Rules are deleted by their text, so one that stands in its place twice stays twice. */
    private static boolean isMisplaced(Anchor found, Table is, Table wanted) {
        return wanted.anchors().stream().noneMatch(anchor -> isSameRule(anchor, found) && isInPlace(anchor, is));
    }

    private static boolean isSameRule(Anchor one, Anchor other) {
        return one.chain().equals(other.chain()) && one.rule().equals(other.rule());
    }

    private static boolean isInPlace(Anchor wanted, Table is) {
        return is.anchors().stream()
                .filter(found -> isSameRule(found, wanted))
                .findFirst()
                .filter(wanted::isSatisfiedBy)
                .isPresent();
    }

    private void addAnchors(Table is, Table wanted) {
        for (Anchor anchor : wanted.anchors()) {
            if (!isInPlace(anchor, is)) {
                String where = anchor.position() == 0
                        ? "-A " + anchor.chain()
                        : "-I " + anchor.chain() + " " + anchor.position();
                lines.add(where + " " + anchor.rule());
            }
        }
    }

    /**
     * Rules that are in both lists stay as they are if they are in the same order in both, which is all the same among
     * {@link Chains#isInterchangeable interchangeable} ones; else the chain is filled anew.
     */
    private void fill(String chain, List<String> is, List<String> wanted) {
        if (is.equals(wanted)) {
            return;
        }
        Set<String> there = new HashSet<>(is);
        Set<String> needed = new HashSet<>(wanted);
        boolean unique = there.size() == is.size() && needed.size() == wanted.size();
        List<String> kept = is.stream().filter(needed::contains).toList();
        List<String> keptAsWanted = wanted.stream().filter(there::contains).toList();
        if (unique && shape(chain, kept).equals(shape(chain, keptAsWanted))) {
            is.stream().filter(rule -> !needed.contains(rule)).forEach(rule -> lines.add("-D " + chain + " " + rule));
            insert(chain, wanted, there, kept.isEmpty());
        } else {
            lines.add("-F " + chain);
            wanted.forEach(rule -> lines.add("-A " + chain + " " + rule));
        }
    }

    /** The order of rules as far as it matters. */
    private static List<String> shape(String chain, List<String> rules) {
        List<String> shape = new ArrayList<>();
        for (String rule : rules) {
            String place = Chains.isInterchangeable(chain, rule) ? "" : rule;
            if (!place.isEmpty() || shape.isEmpty() || !shape.getLast().isEmpty()) {
                shape.add(place);
            }
        }
        return shape;
    }

    /**
     * An interchangeable rule comes before the others that are there: before all of a chain that costs a program nothing, while
     * for any other place it reads the chain.
     */
    private void insert(String chain, List<String> wanted, Set<String> there, boolean empty) {
        int first = 0;
        while (first < wanted.size() && !Chains.isInterchangeable(chain, wanted.get(first))) {
            first++;
        }
        for (int i = 0; i < wanted.size(); i++) {
            String rule = wanted.get(i);
            if (!there.contains(rule)) {
                int before = Chains.isInterchangeable(chain, rule) ? first : i;
                String where = before == 0 ? "" : " " + (before + 1);
                lines.add(empty ? "-A " + chain + " " + rule : "-I " + chain + where + " " + rule);
            }
        }
    }

    private void removeChains(Table is, Table wanted) {
        List<String> gone = is.chains().keySet().stream()
                .filter(chain -> !wanted.chains().containsKey(chain))
                .toList();
        gone.forEach(chain -> lines.add("-F " + chain));
        gone.forEach(chain -> lines.add("-X " + chain));
        is.hooks().keySet().stream()
                .filter(hook -> !wanted.hooks().containsKey(hook))
                .forEach(hook -> lines.add("-X " + hook));
    }
}
