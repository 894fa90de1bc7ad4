package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A map without its elements.
 *
 * @param table the table it belongs to
 * @param name unique among the table's sets and maps
 * @param key the type of its keys
 * @param data what is behind each key
 * @param flags its properties
 * @param comment a text for people
 */
public record MapDefinition(
        TableId table, String name, ValueType key, MapData data, Set<SetFlag> flags, Optional<String> comment)
        implements SetOrMap {
    /** Checks the texts and copies the flags. */
    public MapDefinition {
        Check.name("map", name);
        flags = Set.copyOf(flags);
        comment.ifPresent(Check::comment);
    }

    /** A map of single keys. */
    public static MapDefinition of(TableId table, String name, ValueType key, MapData data) {
        return new MapDefinition(table, name, key, data, Set.of(), Optional.empty());
    }

    /** A map of ranges of keys. */
    public static MapDefinition intervals(TableId table, String name, ValueType key, MapData data) {
        return of(table, name, key, data).withFlags(SetFlag.INTERVAL);
    }

    /** The same map with exactly these flags. */
    public MapDefinition withFlags(SetFlag... newFlags) {
        return new MapDefinition(table, name, key, data, Set.copyOf(List.of(newFlags)), comment);
    }

    /** The same map with a comment. */
    public MapDefinition withComment(String text) {
        return new MapDefinition(table, name, key, data, flags, Optional.of(text));
    }

    @Override
    public String keyword() {
        return "map";
    }

    @Override
    public Optional<MapData> mapData() {
        return Optional.of(data);
    }
}
