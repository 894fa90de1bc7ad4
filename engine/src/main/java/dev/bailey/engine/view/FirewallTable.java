package dev.bailey.engine.view;

import java.util.List;
import java.util.Optional;

/**
 * A table of rules on the host, ours or somebody's.
 *
 * @param family {@code ip}, {@code ip6}, {@code inet}, {@code arp}, {@code bridge} or {@code netdev}
 * @param name its name
 * @param backend whose it is in the kernel
 * @param owner who is known to write it: {@code bailey}, {@code operator}, {@code iptables}, the name of the process whose socket
 *     owns it, …; empty when nobody can tell
 * @param dormant whether its chains are not hooked in
 * @param chains its chains
 */
public record FirewallTable(
        String family, String name, Backend backend, String owner, boolean dormant, List<Chain> chains) {
    /** Copies the list. */
    public FirewallTable {
        chains = List.copyOf(chains);
    }

    /**
     * A chain of a table.
     *
     * @param name its name
     * @param base where it is hooked in; empty for one that others jump to
     */
    public record Chain(String name, Optional<ChainHook> base) {}
}
