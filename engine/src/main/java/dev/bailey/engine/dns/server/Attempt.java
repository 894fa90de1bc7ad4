package dev.bailey.engine.dns.server;

import java.net.InetSocketAddress;

/** One question to one server. */
interface Attempt {
    /** Who is asked. */
    InetSocketAddress server();

    /** Whether the answer cannot be too long. */
    boolean isTcp();

    /** Ends it; harmless when it has ended. */
    void close();
}
