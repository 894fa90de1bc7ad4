package dev.bailey.netlink.nftables;

/** A property of a connection ({@code IPS_*}, linux/netfilter/nf_conntrack_common.h). */
public enum CtStatus {
    /** Another connection announced it. */
    EXPECTED(1, "expected"),
    /** Packets were seen in both directions. */
    SEEN_REPLY(2, "seen-reply"),
    /** It is not dropped early when the table is full. */
    ASSURED(4, "assured"),
    /** Its first packet has left. */
    CONFIRMED(8, "confirmed"),
    /** Its source is rewritten. */
    SNAT(16, "snat"),
    /** Its destination is rewritten. */
    DNAT(32, "dnat"),
    /** It is about to go. */
    DYING(512, "dying");

    private final int bit;
    private final String keyword;

    CtStatus(int bit, String keyword) {
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
