package dev.bailey.daemon.http;

import java.time.Duration;

/** What one client may take of the server; each is enforced where it is named. */
final class Limits {
    /** Bytes of a request body that is read whole before its handler runs. */
    static final int MAX_BODY_BYTES = 4 << 20;

    /** Bytes of the request line, and of each line of the header. */
    static final int MAX_LINE_BYTES = 16 << 10;

    /** Lines of the header. */
    static final int MAX_HEADER_LINES = 100;

    /** Bytes that are read from a socket at one time. */
    static final int READ_BUFFER_BYTES = 8 << 10;

    /** Bytes that are written to a socket at one time; the JVM keeps a buffer of that size for each of its carriers. */
    static final int MAX_WRITE_BYTES = 64 << 10;

    /** Connections at one time; one more is closed at once. */
    static final int MAX_CONNECTIONS = 1024;

    /** How many connections at a time have a platform thread each, some 100 kB; more have virtual ones. */
    static final int PLATFORM_THREADS = 32;

    /** How long a client may take for the body of a request, or to accept an answer that is complete. */
    static final Duration STALL = Duration.ofSeconds(30);

    /** How long a connection may stay open between two requests. */
    static final Duration IDLE = Duration.ofMinutes(5);

    /** How long a client may take to close a connection after the last answer. */
    static final Duration LINGER = Duration.ofSeconds(5);

    /** How often connections are checked against the times above. */
    static final Duration SWEEP = Duration.ofSeconds(5);

    /** How long requests under way may take to end when the server closes. */
    static final Duration CLOSE = Duration.ofSeconds(5);

    private Limits() {}
}
