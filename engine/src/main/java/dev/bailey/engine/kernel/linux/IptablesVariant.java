package dev.bailey.engine.kernel.linux;

/** Where in the kernel a build of iptables keeps its tables. */
enum IptablesVariant {
    /** In nf_tables. */
    NFT,
    /** In tables of its own, one set for each network namespace (linux/netfilter_ipv4/ip_tables.h). */
    LEGACY;

    /** The variant of a program that says this about its version: since 1.8 it names it, before there was one only. */
    static IptablesVariant ofVersion(String version) {
        return version.contains("(nf_tables)") ? NFT : LEGACY;
    }

    /** The infix of the names of programs that are of this variant whatever the host has chosen. */
    String infix() {
        return switch (this) {
            case NFT -> "-nft";
            case LEGACY -> "-legacy";
        };
    }
}
