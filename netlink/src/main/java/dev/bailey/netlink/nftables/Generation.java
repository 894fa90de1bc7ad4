package dev.bailey.netlink.nftables;

/**
 * The state of a namespace's rule set: its number grows with every commit of anybody.
 *
 * @param id the number, an unsigned 32-bit one
 * @param processId the process that asked or, in an event, committed
 * @param processName that process' name, at most 15 bytes
 */
public record Generation(int id, int processId, String processName) {}
