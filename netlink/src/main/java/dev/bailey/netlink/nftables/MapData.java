package dev.bailey.netlink.nftables;

/** What a map has behind its keys. */
public sealed interface MapData {
    /** A verdict behind each key. */
    record Verdicts() implements MapData {}

    /**
     * A value behind each key.
     *
     * @param type the type of the values
     */
    record Values(ValueType type) implements MapData {}

    /**
     * A counter, a quota or the like behind each key; only seen in other programs' tables.
     *
     * @param kind {@code NFT_OBJECT_*}
     */
    record Objects(int kind) implements MapData {}

    /** {@link Verdicts}. */
    MapData VERDICTS = new Verdicts();

    /** Values of these fields, concatenated if they are several. */
    static MapData values(FieldType... fields) {
        return new Values(ValueType.of(fields));
    }
}
