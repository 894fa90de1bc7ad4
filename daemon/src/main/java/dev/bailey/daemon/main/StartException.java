package dev.bailey.daemon.main;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What keeps the daemon from starting though its options are right; the message is one line for the operator. */
final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        this(message, null);
    }

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
