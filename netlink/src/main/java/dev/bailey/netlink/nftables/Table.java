package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table: the room that chains, rules, sets and maps live in.
 *
 * @param id family and name
 * @param flags its properties; of an orphan the kernel reports {@link TableFlag#PERSIST} alone
 * @param comment a text for people
 */
public record Table(TableId id, Set<TableFlag> flags, Optional<String> comment) {
    /** Checks the comment and copies the flags. */
    public Table {
        flags = Set.copyOf(flags);
        comment.ifPresent(Check::comment);
    }

    /** A table with these flags and no comment. */
    public static Table of(Family family, String name, TableFlag... flags) {
        return new Table(new TableId(family, name), Set.copyOf(List.of(flags)), Optional.empty());
    }

    /** The same table with a comment. */
    public Table withComment(String text) {
        return new Table(id, flags, Optional.of(text));
    }
}
