package dev.bailey.engine.dns.server;

/** Somebody who waits for the answer to a query. */
interface Asker {
    /** Whether long answers reach them whole. */
    boolean isTcp();

    /** Sends them a message, of which nothing is kept; nothing when they are gone. */
    void answer(byte[] message, int length);
}
