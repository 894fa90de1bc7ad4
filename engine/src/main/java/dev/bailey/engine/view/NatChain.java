package dev.bailey.engine.view;

import java.util.List;
import java.util.Optional;

/**
 * A chain whose rules translate addresses, or are walked by those that do.
 *
 * @param name its name, as the kernel has it
 * @param base where it is hooked in; empty for one that others jump to
 * @param references how many rules jump to it
 * @param rules its rules in order; a rule that looks its verdict up in a map is a row for each element
 */
public record NatChain(String name, Optional<ChainHook> base, int references, List<NatRule> rules) {
    /** Copies the list. */
    public NatChain {
        rules = List.copyOf(rules);
    }
}
