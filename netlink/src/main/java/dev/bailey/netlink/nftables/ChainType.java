package dev.bailey.netlink.nftables;

import java.util.Locale;

/** What a base chain is for. */
public enum ChainType {
    /** Passing and dropping. */
    FILTER,
    /** Rewriting addresses and ports; sees only the first packet of each connection. */
    NAT,
    /** Rerouting what this host sends when a rule changed the packet. */
    ROUTE;

    /** nft's and the kernel's word for it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
