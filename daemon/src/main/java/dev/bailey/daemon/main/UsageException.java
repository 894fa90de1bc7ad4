package dev.bailey.daemon.main;

import java.io.Serial;

/** Options that the daemon cannot start with; the message says which, and what would be right. */
final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
