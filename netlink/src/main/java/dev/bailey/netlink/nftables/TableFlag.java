package dev.bailey.netlink.nftables;

/** A property of a table ({@code enum nft_table_flags}, linux/netfilter/nf_tables.h). */
public enum TableFlag {
    /** The table's base chains are not hooked in. */
    DORMANT(1, "dormant"),
    /**
     * Only the socket that made the table may change it, everybody else gets {@code EPERM}; {@code nft flush ruleset}
     * passes it by. The table goes when the socket closes, unless it has {@link #PERSIST} too. Linux 5.12.
     */
    OWNER(2, "owner"),
    /**
     * An owned table stays when its socket closes, as an orphan that the next socket may own by adding the table anew.
     * Linux 6.9.
     */
    PERSIST(4, "persist");

    private final int bit;
    private final String keyword;

    TableFlag(int bit, String keyword) {
        this.bit = bit;
        this.keyword = keyword;
    }

    int bit() {
        return bit;
    }

    /** nft's word for it. */
    public String keyword() {
        return keyword;
    }
}
