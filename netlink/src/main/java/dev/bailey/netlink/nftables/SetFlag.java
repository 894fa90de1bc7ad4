package dev.bailey.netlink.nftables;

/** A property of a set or map ({@code enum nft_set_flags}, linux/netfilter/nf_tables.h). */
public enum SetFlag {
    /** It has no name of its own and goes with the rule that uses it; only seen in other programs' tables. */
    ANONYMOUS(0x1, "anonymous"),
    /** Its elements may not change while a rule uses it. */
    CONSTANT(0x2, "constant"),
    /** Its keys are ranges. */
    INTERVAL(0x4, "interval"),
    /** Its elements may expire. */
    TIMEOUT(0x10, "timeout"),
    /** Rules may add elements. */
    DYNAMIC(0x20, "dynamic");

    private final int bit;
    private final String keyword;

    SetFlag(int bit, String keyword) {
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
