package dev.bailey.engine.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the rules in the kernel differ from those last committed, each difference in a few words.
 *
 * @param broken rules that are missing, changed or too many
 * @param displaced rules that are as they should be, but that stand before rules of others which should come first
 */
public record RuleDamage(List<String> broken, List<String> displaced) {
    /** All is as it should be. */
    public static final RuleDamage NONE = new RuleDamage(List.of(), List.of());

    /** Copies the lists. */
    public RuleDamage {
        broken = List.copyOf(broken);
        displaced = List.copyOf(displaced);
    }

    /** All that differs. */
    public List<String> all() {
        return Stream.concat(broken.stream(), displaced.stream()).toList();
    }
}
