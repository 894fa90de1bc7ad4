package dev.bailey.netlink.nftables;

import java.util.Locale;

/** A direction of a connection ({@code enum ip_conntrack_dir}). */
public enum CtDirection {
    /** The way of the first packet. */
    ORIGINAL,
    /** The way back. */
    REPLY;

    int number() {
        return ordinal();
    }

    /** nft's word for it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
