package dev.bailey.netlink.nftables;

import java.util.Locale;

/** What becomes of a packet at the end of a base chain. */
public enum Policy {
    /** It is dropped. */
    DROP(0),
    /** It passes. */
    ACCEPT(1);

    private final int number;

    Policy(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** nft's word for it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
