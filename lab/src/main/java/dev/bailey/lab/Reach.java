package dev.bailey.lab;

/** How an attempt to open a TCP connection ended. */
public enum Reach {
    /** The connection was made. */
    CONNECTED,
    /** Somebody answered that nothing listens there (a reset or a port-unreachable message). */
    REFUSED,
    /** There is no route, or a router said that the way is closed. */
    UNREACHABLE,
    /** Nobody answered within the time: the packets were dropped. */
    TIMED_OUT
}
