package dev.bailey.netlink.nftables;

import java.util.List;

/**
 * A table with everything in it.
 *
 * @param table the table
 * @param sets its sets and maps with their elements
 * @param chains its chains
 * @param rules its rules, in order within each chain
 */
public record TableContent(InstalledTable table, List<SetContent> sets, List<Chain> chains, List<InstalledRule> rules) {
    /** Copies the lists. */
    public TableContent {
        sets = List.copyOf(sets);
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
    }
}
