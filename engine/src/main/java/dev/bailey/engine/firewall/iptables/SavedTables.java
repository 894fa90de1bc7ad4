package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.iptables.IptablesRules.Anchor;
import dev.bailey.engine.firewall.iptables.IptablesRules.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code iptables-save} prints, and which of it is the engine's. */
public final class SavedTables {
    private static final Pattern JUMP = Pattern.compile("(?:.* )?-[jg] (\\S+)");
    private static final String APPEND = "-A ";

    private SavedTables() {}

    /**
     * The engine's part of every table in the text; tables without any are left out.
     *
     * <p>The engine's are its chains, every rule that leads to one of them, the rule that leads from FORWARD to the operator's
     * chain, and masquerading rules for the bridges that the engine claims. O(text).
     *
     * @param text what {@code iptables-save} printed; lines that it would not print are ignored
     */
    public static List<Table> read(String text) {
        Map<String, Map<String, List<String>>> tables = new LinkedHashMap<>();
        Map<String, List<String>> chains = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("*")) {
                chains = tables.computeIfAbsent(line.substring(1).strip(), name -> new LinkedHashMap<>());
            } else if (line.startsWith(":")) {
                chains.computeIfAbsent(line.substring(1).split(" ", 2)[0], name -> new ArrayList<>());
            } else if (line.startsWith(APPEND)) {
                String[] parts = line.substring(APPEND.length()).strip().split(" ", 2);
                chains.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts.length > 1 ? parts[1] : "");
            }
        }
        return tables.entrySet().stream()
                .map(table -> ours(table.getKey(), table.getValue()))
                .filter(table -> !table.isEmpty())
                .toList();
    }

    private static Table ours(String name, Map<String, List<String>> chains) {
        Map<String, List<String>> own = new LinkedHashMap<>();
        Map<String, List<String>> hooks = new HashMap<>();
        List<Anchor> anchors = new ArrayList<>();
        Set<String> claimed = MasqueradeRule.claimed(chains.getOrDefault(Chains.DESTINATIONS, List.of()));
        chains.forEach((chain, rules) -> {
            if (Chains.isOwn(chain)) {
                own.put(chain, rules);
            } else if (Chains.isHook(chain)) {
                hooks.computeIfAbsent(chain, hook -> new ArrayList<>()).addAll(rules);
            } else {
                rules.stream()
                        .filter(rule -> isOthersJumpToHook(chain, rule))
                        .forEach(rule -> hooks.computeIfAbsent(Chains.USER, hook -> new ArrayList<>())
                                .add(rule));
                anchors.addAll(anchors(chain, rules, claimed));
            }
        });
        return new Table(name, own, hooks, anchors);
    }

    /** Of several masquerading rules that are the same, one is the engine's: somebody else may have written it before. */
    private static List<Anchor> anchors(String chain, List<String> rules, Set<String> claimed) {
        List<Anchor> anchors = new ArrayList<>();
        Set<String> masquerades = new LinkedHashSet<>();
        int lastOfOthers = 0;
        for (int i = 0; i < rules.size(); i++) {
            String rule = rules.get(i);
            boolean masquerade =
                    MasqueradeRule.bridge(rule).filter(claimed::contains).isPresent() && masquerades.add(rule);
            if (masquerade || isJump(chain, rule)) {
                anchors.add(Anchor.at(chain, i + 1, rule));
            } else {
                lastOfOthers = i + 1;
            }
        }
        int behind = lastOfOthers;
        anchors.replaceAll(anchor -> anchor.position() > behind ? anchor.asLast() : anchor);
        return anchors;
    }

    private static boolean isJump(String chain, String rule) {
        Matcher jump = JUMP.matcher(rule);
        return isJumpToHook(chain, rule) || jump.matches() && Chains.isOwn(jump.group(1));
    }

    private static boolean isJumpToHook(String chain, String rule) {
        return chain.equals("FORWARD") && rule.equals("-j " + Chains.USER);
    }

    private static boolean isOthersJumpToHook(String chain, String rule) {
        Matcher jump = JUMP.matcher(rule);
        return !isJumpToHook(chain, rule) && jump.matches() && Chains.isHook(jump.group(1));
    }
}
