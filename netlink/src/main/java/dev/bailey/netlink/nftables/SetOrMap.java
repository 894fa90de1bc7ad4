package dev.bailey.netlink.nftables;

import java.util.Optional;
import java.util.Set;

/** What holds elements: a set, or a map, which has data behind each key. To the kernel both are sets. */
public sealed interface SetOrMap permits SetDefinition, MapDefinition {
    /** The table it belongs to. */
    TableId table();

    /** Its name, unique among the table's sets and maps. */
    String name();

    /** The type of its keys. */
    ValueType key();

    /** Its properties. */
    Set<SetFlag> flags();

    /** A text for people. */
    Optional<String> comment();

    /** nft's word: set or map. */
    String keyword();

    /** What is behind each key; empty for a set. */
    Optional<MapData> mapData();

    /** Whether its keys are ranges. */
    default boolean isInterval() {
        return flags().contains(SetFlag.INTERVAL);
    }
}
