package dev.bailey.netlink.nftables;

/**
 * A rule as it stands in the kernel.
 *
 * @param handle the number that names it within its table
 * @param rule the rule
 */
public record InstalledRule(long handle, Rule rule) {}
