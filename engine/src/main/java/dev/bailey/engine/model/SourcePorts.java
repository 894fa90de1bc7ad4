package dev.bailey.engine.model;

/** Which ports of the host's address packets leave with, where they leave with one. */
public enum SourcePorts {
    /**
     * That of the sender where it is free, as programs behind NAT count on that reach each other without a server between. A
     * sender that chooses a port which is published, or served, may get what one peer of its own choice sends there.
     */
    KEPT,
    /** One chosen at random for each connection, so that no sender can choose it. */
    RANDOM
}
