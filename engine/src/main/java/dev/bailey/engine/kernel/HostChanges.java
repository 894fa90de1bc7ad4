package dev.bailey.engine.kernel;

import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Set;

/**
 * What a host reports of changes within some milliseconds, whoever made them: of each link its last state alone. Changes
 * that cannot break anything may be missing.
 *
 * @param links links that are new or different, without those that went
 * @param lostAddresses addresses that were taken off any link
 * @param lostRoutes where IPv4 routes of the main table led that went, default routes apart
 * @param defaultRoutes whether a default route came or went, of the main table, or of IPv6 one of the engine's own that went; or a
 *     link changed that needs none for packets to leave by it
 * @param forwardingOff whether forwarding was switched off, of IPv4 for the host or for one of its links, of IPv6 for the host
 * @param rules whether somebody else changed a table that has rules of the engine's, or took away a rule or a route by which
 *     packets leave the host
 * @param sinceNanos when the first of these was heard of, in the time of {@link System#nanoTime}
 */
public record HostChanges(
        List<LinkState> links,
        Set<LinkAddress> lostAddresses,
        Set<Subnet> lostRoutes,
        boolean defaultRoutes,
        boolean forwardingOff,
        boolean rules,
        long sinceNanos) {

    /** Copies the collections. */
    public HostChanges {
        links = List.copyOf(links);
        lostAddresses = Set.copyOf(lostAddresses);
        lostRoutes = Set.copyOf(lostRoutes);
    }

    /** A report of rules that somebody else changed. */
    public static HostChanges ofRules(long sinceNanos) {
        return new HostChanges(List.of(), Set.of(), Set.of(), false, false, true, sinceNanos);
    }

    /**
     * What a notification says of a link.
     *
     * @param index its interface index
     * @param name its name
     * @param master the index of the bridge that it is a port of, 0 for none
     * @param up whether it is administratively up
     * @param mtuBytes its MTU in bytes
     */
    public record LinkState(int index, String name, int master, boolean up, int mtuBytes) {}
}
