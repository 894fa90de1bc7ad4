package dev.bailey.netlink.nftables;

import java.util.Optional;

/** How two values are compared ({@code enum nft_cmp_ops}, linux/netfilter/nf_tables.h). */
public enum CompareOperator {
    /** Equal. */
    EQUAL("=="),
    /** Not equal. */
    NOT_EQUAL("!="),
    /** Less, as unsigned numbers in network order. */
    LESS("<"),
    /** Less or equal. */
    LESS_OR_EQUAL("<="),
    /** Greater. */
    GREATER(">"),
    /** Greater or equal. */
    GREATER_OR_EQUAL(">=");

    private final String text;

    CompareOperator(String text) {
        this.text = text;
    }

    int number() {
        return ordinal();
    }

    /** nft's sign for it. */
    public String text() {
        return text;
    }

    static Optional<CompareOperator> ofNumber(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }
}
