package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.engine.view.Backend;
import dev.bailey.engine.view.NatChain;
import dev.bailey.engine.view.NatTable;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.Lookup;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.SetFlag;
import dev.bailey.netlink.nftables.SetOrMap;
import dev.bailey.netlink.nftables.TableId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a table of nf_tables that translates addresses: its base chains of type nat and what they jump to; pure.
 *
 * <p>A chain that has one rule, which decides on every packet, and that only one row leads to, is shown as that row: iptables
 * would need no chain for it.
 */
public final class NatListing {
    private static final Comparator<Chain> MET_FIRST = Comparator.<Chain, Hook>comparing(
                    chain -> chain.hook().orElseThrow(),
                    Comparator.comparing(Hook::point).thenComparing(Hook::priority))
            .thenComparing(Chain::name);

    private final TableId table;
    private final Map<String, Chain> chains;
    private final Map<String, List<Rule>> rules;

    private NatListing(TableId table, List<Chain> chains, List<InstalledRule> rules) {
        this.table = table;
        this.chains = chains.stream().collect(Collectors.toMap(Chain::name, chain -> chain, (a, b) -> a));
        this.rules = rules.stream().map(InstalledRule::rule).collect(Collectors.groupingBy(Rule::chain));
    }

    /**
     * A listing of a table.
     *
     * @param chains its chains
     * @param rules its rules, in order within each chain
     */
    public static NatListing of(TableId table, List<Chain> chains, List<InstalledRule> rules) {
        return new NatListing(table, chains, rules);
    }

    /** Returns whether a chain translates addresses. */
    public static boolean isNat(Chain chain) {
        return chain.hook().filter(hook -> hook.type() == ChainType.NAT).isPresent();
    }

    /** Returns whether the elements of a set or map become part of the listing; a set with a name is only named. */
    public static boolean isSpeltOut(SetOrMap set) {
        return set.mapData().isPresent() || set.flags().contains(SetFlag.ANONYMOUS);
    }

    /** Returns the names of the sets and maps that rules refer to: whoever asks for {@link #table} must know their elements. */
    public Set<String> references() {
        // Only chains that packets are translated in matter, but which these are is known when their maps are.
        return rules.values().stream()
                .flatMap(List::stream)
                .flatMap(rule -> rule.expressions().stream())
                .filter(Lookup.class::isInstance)
                .map(lookup -> ((Lookup) lookup).set())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the table; O(rules + elements of maps). */
    public NatTable table(Map<String, SetContent> sets) {
        Map<String, List<Draft>> rows = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(chains.values().stream()
                .filter(NatListing::isNat)
                .sorted(MET_FIRST)
                .map(Chain::name)
                .toList());
        while (!open.isEmpty()) {
            String name = open.remove();
            if (chains.containsKey(name) && !rows.containsKey(name)) {
                List<Draft> drafts = rules.getOrDefault(name, List.of()).stream()
                        .flatMap(rule -> RuleRows.of(rule, sets).stream())
                        .toList();
                rows.put(name, drafts);
                drafts.forEach(draft -> draft.chain.ifPresent(open::add));
            }
        }
        return new NatTable(table.family().keyword(), table.name(), Backend.NFTABLES, listed(rows));
    }

    private List<NatChain> listed(Map<String, List<Draft>> rows) {
        Map<String, Integer> references = new LinkedHashMap<>();
        rows.values()
                .forEach(drafts -> drafts.forEach(
                        draft -> draft.chain.ifPresent(chain -> references.merge(chain, 1, Integer::sum))));
        Map<String, Draft> folded = rows.entrySet().stream()
                .filter(entry -> references.getOrDefault(entry.getKey(), 0) == 1)
                .filter(entry -> entry.getValue().size() == 1
                        && entry.getValue().getFirst().decidesAlways())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getFirst()));
        List<NatChain> listed = new ArrayList<>();
        rows.forEach((name, drafts) -> {
            if (!folded.containsKey(name)) {
                listed.add(new NatChain(
                        name,
                        Optional.ofNullable(chains.get(name))
                                .flatMap(Chain::hook)
                                .map(Hooks::of),
                        references.getOrDefault(name, 0),
                        drafts.stream()
                                .map(draft -> folded(draft, folded).row())
                                .toList()));
            }
        });
        return listed;
    }

    private static Draft folded(Draft draft, Map<String, Draft> folded) {
        Optional<Draft> only = draft.chain.map(folded::get);
        return only.map(draft::through).orElse(draft);
    }
}
