package dev.bailey.daemon.http;

import java.io.Serial;
import java.util.Objects;

/** An answer that reports an error: a status and one line for the person at the other end. */
public final class HttpFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String message;

    /**
     * A failure without a cause to log.
     *
     * @param status 400 to 599
     * @param message what was wrong, where, and what would be right
     */
    public HttpFailure(int status, String message) {
        super(message);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException(status + " is no status of an error: 400 to 599 are");
        }
        this.status = status;
        this.message = Objects.requireNonNull(message, "message");
    }

    /** A request that is itself wrong. */
    public static HttpFailure badRequest(String message) {
        return new HttpFailure(400, message);
    }

    /** A thing that does not exist. */
    public static HttpFailure notFound(String message) {
        return new HttpFailure(404, message);
    }

    /** The status, 400 to 599. */
    public int status() {
        return status;
    }

    /** The line for the person. */
    @Override
    public String getMessage() {
        return message;
    }
}
