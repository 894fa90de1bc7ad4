package dev.bailey.daemon.config;

import java.io.Serial;

/** Settings that the daemon cannot start with; the message is one line that says which, where, and what would be right. */
public final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates one with a line for the operator. */
    public UsageException(String message) {
        super(message);
    }
}
