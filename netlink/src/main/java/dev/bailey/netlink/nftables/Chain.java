package dev.bailey.netlink.nftables;

import java.util.Optional;

/**
 * A chain: a list of rules; a base chain sees the packets of its hook, a regular one those that are sent to it.
 *
 * @param table the table it belongs to
 * @param name 1 to 255 bytes
 * @param hook where a base chain is hooked in; empty for a regular chain
 * @param comment a text for people
 */
public record Chain(TableId table, String name, Optional<Hook> hook, Optional<String> comment) {
    /** Checks the name, the comment and that the hook exists in the table's family. */
    public Chain {
        Check.name("chain", name);
        comment.ifPresent(Check::comment);
        hook.ifPresent(h -> Check.that(
                h.point().existsIn(table.family()),
                "chain %s: family %s has no hook %s",
                name,
                table.family().keyword(),
                h.point().keyword()));
    }

    /** A regular chain. */
    public static Chain regular(TableId table, String name) {
        return new Chain(table, name, Optional.empty(), Optional.empty());
    }

    /** A base chain. */
    public static Chain base(TableId table, String name, Hook hook) {
        return new Chain(table, name, Optional.of(hook), Optional.empty());
    }

    /** The same chain with a comment. */
    public Chain withComment(String text) {
        return new Chain(table, name, hook, Optional.of(text));
    }
}
