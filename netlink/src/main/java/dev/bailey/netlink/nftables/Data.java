package dev.bailey.netlink.nftables;

/**
 * What nf_tables loads into a register or keeps behind a map's key: bytes or a verdict.
 *
 * <p>On the wire it is a nest of {@code enum nft_data_attributes} (linux/netfilter/nf_tables.h).
 */
public sealed interface Data permits Value, Verdict {}
