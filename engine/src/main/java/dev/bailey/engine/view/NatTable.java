package dev.bailey.engine.view;

import java.util.List;

/**
 * A table that translates addresses.
 *
 * @param family {@code ip}, {@code ip6} or {@code inet}
 * @param name its name
 * @param backend whose it is in the kernel
 * @param chains base chains in the order that packets meet them, then those that they jump to
 */
public record NatTable(String family, String name, Backend backend, List<NatChain> chains) {
    /** Copies the list. */
    public NatTable {
        chains = List.copyOf(chains);
    }
}
