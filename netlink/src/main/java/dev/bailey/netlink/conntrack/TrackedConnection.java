package dev.bailey.netlink.conntrack;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A connection as the kernel tracks it.
 *
 * @param id tells it from an earlier or later one with the same tuples
 * @param original the direction of the first packet, as it came
 * @param reply the direction back, as it is awaited: with NAT its addresses are the rewritten ones
 * @param status its properties
 * @param mark its mark
 * @param zone the zone it is tracked in, 0 unless a rule says otherwise
 * @param timeout how long it is remembered without another packet, in whole seconds
 * @param tcpState where it is in its life; empty for other protocols than TCP
 * @param originalTraffic what went in the original direction; empty unless {@code net.netfilter.nf_conntrack_acct} is on
 * @param replyTraffic what came back; empty unless {@code net.netfilter.nf_conntrack_acct} is on
 */
public record TrackedConnection(
        int id,
        ConnectionTuple original,
        ConnectionTuple reply,
        Set<ConnectionStatus> status,
        int mark,
        int zone,
        Duration timeout,
        Optional<TcpState> tcpState,
        Optional<TrafficCounter> originalTraffic,
        Optional<TrafficCounter> replyTraffic) {
    /** Copies the set. */
    public TrackedConnection {
        status = Set.copyOf(status);
    }
}
