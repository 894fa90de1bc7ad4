package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A set without its elements.
 *
 * @param table the table it belongs to
 * @param name unique among the table's sets and maps
 * @param key the type of its elements
 * @param flags its properties
 * @param comment a text for people
 */
public record SetDefinition(TableId table, String name, ValueType key, Set<SetFlag> flags, Optional<String> comment)
        implements SetOrMap {
    /** Checks the texts and copies the flags. */
    public SetDefinition {
        Check.name("set", name);
        flags = Set.copyOf(flags);
        comment.ifPresent(Check::comment);
    }

    /** A set of single keys. */
    public static SetDefinition of(TableId table, String name, FieldType... key) {
        return new SetDefinition(table, name, ValueType.of(key), Set.of(), Optional.empty());
    }

    /** A set of ranges of keys. */
    public static SetDefinition intervals(TableId table, String name, FieldType... key) {
        return of(table, name, key).withFlags(SetFlag.INTERVAL);
    }

    /** The same set with exactly these flags. */
    public SetDefinition withFlags(SetFlag... newFlags) {
        return new SetDefinition(table, name, key, Set.copyOf(List.of(newFlags)), comment);
    }

    /** The same set with a comment. */
    public SetDefinition withComment(String text) {
        return new SetDefinition(table, name, key, flags, Optional.of(text));
    }

    @Override
    public String keyword() {
        return "set";
    }

    @Override
    public Optional<MapData> mapData() {
        return Optional.empty();
    }
}
