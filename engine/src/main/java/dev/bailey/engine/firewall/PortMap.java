package dev.bailey.engine.firewall;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A map from ports of the host to sandboxes. A packet is looked up in each: the cost does not depend on how many ports are
 * published. Single ports have maps of their own, for a map of ranges is copied by the kernel whenever it is changed
 * (net/netfilter/nft_set_pipapo.c), while in one without ranges an element costs the same however many there are.
 */
public enum PortMap {
    /** Single ports of whatever address, with the sandbox's address and port. */
    PORTS("published", false, false),
    /** Single ports of one address, with the sandbox's address and port. */
    PORTS_AT("published_at", true, false),
    /** Ranges of ports of whatever address, with the sandbox's address; the port stays. */
    RANGES("published_ranges", false, true),
    /** Ranges of ports of one address, with the sandbox's address; the port stays. */
    RANGES_AT("published_ranges_at", true, true);

    private final String name;
    private final boolean ofOneAddress;
    private final boolean ofRanges;

    PortMap(String name, boolean ofOneAddress, boolean ofRanges) {
        this.name = name;
        this.ofOneAddress = ofOneAddress;
        this.ofRanges = ofRanges;
    }

    /** Whether its keys begin with an address of the host's. */
    public boolean isOfOneAddress() {
        return ofOneAddress;
    }

    /** Whether its keys are ranges of ports, each of which stays what it is. */
    public boolean isOfRanges() {
        return ofRanges;
    }

    /** What of a packet is looked up, in the syntax of nft. */
    String selectors() {
        return ofOneAddress ? "ip daddr . meta l4proto . th dport" : "meta l4proto . th dport";
    }

    /** The types of keys and data and the flags, in the syntax of nft: a line each. */
    String types() {
        return "type " + (ofOneAddress ? "ipv4_addr . " : "") + "inet_proto . inet_service : ipv4_addr"
                + (ofRanges ? "\n\t\tflags interval" : " . inet_service");
    }

    static Set<PortMap> ordered(Collection<PortMap> maps) {
        EnumSet<PortMap> ordered = EnumSet.noneOf(PortMap.class);
        ordered.addAll(maps);
        return Collections.unmodifiableSet(ordered);
    }

    /** Its name in nftables. */
    @Override
    public String toString() {
        return name;
    }
}
