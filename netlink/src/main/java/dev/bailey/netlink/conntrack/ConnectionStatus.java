package dev.bailey.netlink.conntrack;

import java.util.EnumSet;
import java.util.Set;

/** A property of a tracked connection ({@code IPS_*}, linux/netfilter/nf_conntrack_common.h). */
public enum ConnectionStatus {
    /** Another connection announced it. */
    EXPECTED(0),
    /** Packets were seen in both directions. */
    SEEN_REPLY(1),
    /** It is not dropped early when the table is full. */
    ASSURED(2),
    /** Its first packet has left this host or reached it. */
    CONFIRMED(3),
    /** Its source is rewritten. */
    SOURCE_NAT(4),
    /** Its destination is rewritten. */
    DESTINATION_NAT(5),
    /** It is about to go. */
    DYING(9),
    /** A flow table takes its packets past the rules. */
    OFFLOADED(14);

    private final int bit;

    ConnectionStatus(int bit) {
        this.bit = bit;
    }

    static Set<ConnectionStatus> ofBits(int bits) {
        Set<ConnectionStatus> set = EnumSet.noneOf(ConnectionStatus.class);
        for (ConnectionStatus status : values()) {
            if ((bits & 1 << status.bit) != 0) {
                set.add(status);
            }
        }
        return set;
    }
}
