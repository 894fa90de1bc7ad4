package dev.bailey.netlink.conntrack;

import java.util.Optional;

/** Where a tracked TCP connection is in its life ({@code enum tcp_conntrack}, linux/netfilter/nf_conntrack_tcp.h, in its order). */
public enum TcpState {
    /** Nothing was seen yet. */
    NONE,
    /** It was asked for. */
    SYN_SENT,
    /** It was agreed to. */
    SYN_RECV,
    /** It carries data. */
    ESTABLISHED,
    /** One side has ended. */
    FIN_WAIT,
    /** The other side was told so. */
    CLOSE_WAIT,
    /** Both sides have ended. */
    LAST_ACK,
    /** It is over; late packets may come. */
    TIME_WAIT,
    /** It was reset. */
    CLOSE,
    /** Both sides asked for it. */
    SYN_SENT2;

    static Optional<TcpState> ofNumber(int number) {
        return number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }
}
