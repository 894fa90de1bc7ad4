package dev.bailey.daemon.http;

/** What answers the requests of one route. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a request in exactly one way, on a virtual thread of its own: it may block.
     *
     * @throws Exception to answer with an error instead; the server's mapping turns it into a status and a message
     */
    void handle(Exchange exchange) throws Exception;
}
