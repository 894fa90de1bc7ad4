package dev.bailey.engine.view;

/** The part of the kernel that a table lives in. */
public enum Backend {
    /** nf_tables, which iptables-nft uses as well. */
    NFTABLES("nftables"),
    /** ip_tables and its like, which iptables-legacy uses. */
    IPTABLES_LEGACY("iptables-legacy");

    private final String word;

    Backend(String word) {
        this.word = word;
    }

    /** Returns the word for it in listings. */
    public String word() {
        return word;
    }
}
