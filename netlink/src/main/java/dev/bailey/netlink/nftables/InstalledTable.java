package dev.bailey.netlink.nftables;

import java.util.OptionalInt;

/**
 * A table as it stands in the kernel.
 *
 * @param table the table
 * @param ownerPort the netlink port of the socket that owns it; empty for a table without an owner, orphans included
 */
public record InstalledTable(Table table, OptionalInt ownerPort) {
    /** Whether the table outlived the socket that owned it, so that the next one may own it. */
    public boolean isOrphan() {
        return ownerPort.isEmpty() && table.flags().contains(TableFlag.PERSIST);
    }
}
