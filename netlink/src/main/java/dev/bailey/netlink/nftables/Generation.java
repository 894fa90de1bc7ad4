package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_GEN_ID;
import static dev.bailey.netlink.nftables.NfTables.NFTA_GEN_PROC_NAME;
import static dev.bailey.netlink.nftables.NfTables.NFTA_GEN_PROC_PID;

import dev.bailey.netlink.Attributes;

/**
 * The state of a namespace's rule set: its number changes with every commit of anybody.
 *
 * @param id the number, an unsigned 32-bit one
 * @param threadId the thread that asked or, in an event, committed; the process where it has only one thread
 * @param threadName that thread's name, at most 15 bytes: that of the program unless it gives its threads names
 */
public record Generation(int id, int threadId, String threadName) {
    /** {@code ID(1) u32 | PROC_PID(2) u32 | PROC_NAME(3) string}. */
    static Generation decode(Attributes attributes) {
        return new Generation(
                Wire.be32(attributes, NFTA_GEN_ID),
                Wire.be32(attributes, NFTA_GEN_PROC_PID),
                Wire.string(attributes, NFTA_GEN_PROC_NAME).orElse(""));
    }
}
