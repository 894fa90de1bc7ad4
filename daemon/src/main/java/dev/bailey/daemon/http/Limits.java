package dev.bailey.daemon.http;

import java.time.Duration;

/** What one client may take of the server; each is enforced where it is named. */
final class Limits {
    /** Bytes of a request body that is read whole before its handler runs. */
    static final int MAX_BODY_BYTES = 4 << 20;

    /** Bytes of the request line. */
    static final int MAX_REQUEST_LINE_BYTES = 16 << 10;

    /** Bytes of all header fields together. */
    static final int MAX_HEADER_BYTES = 32 << 10;

    /** Bytes of a streamed body, or of a raw stream, that wait for a slow handler before reading stops. */
    static final int MAX_INBOUND_BYTES = 128 << 10;

    /** Bytes that wait for a slow client before the handler that writes them has to wait too. */
    static final int MAX_OUTBOUND_BYTES = 128 << 10;

    /** Connections at one time; one more is closed at once. */
    static final int MAX_CONNECTIONS = 1024;

    /** How long a client may pause within one request, and take to accept an answer that is complete. */
    static final Duration STALL = Duration.ofSeconds(30);

    /** How long a connection may stay open between two requests. */
    static final Duration IDLE = Duration.ofMinutes(5);

    /** How often connections are checked against the two times above. */
    static final Duration SWEEP = Duration.ofSeconds(10);

    /** How long requests under way may take to end when the server closes. */
    static final Duration CLOSE = Duration.ofSeconds(5);

    private Limits() {}
}
