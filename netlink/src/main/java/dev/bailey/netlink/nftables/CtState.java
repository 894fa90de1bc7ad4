package dev.bailey.netlink.nftables;

import java.util.Locale;

/** A packet's place in its connection ({@code NF_CT_STATE_*}, linux/netfilter/nf_conntrack_common.h). */
public enum CtState {
    /** It belongs to no connection and cannot begin one. */
    INVALID(1),
    /** Its connection has seen packets of both directions. */
    ESTABLISHED(2),
    /** It begins a connection that another one announced, or reports an error of one. */
    RELATED(4),
    /** It begins a connection. */
    NEW(8),
    /** A rule took it out of tracking. */
    UNTRACKED(64);

    private final int bit;

    CtState(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    /** nft's word for it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
