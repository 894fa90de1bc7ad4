package dev.bailey.engine.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** State that cannot be kept or read; the message is one line for the operator. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way. */
    public enum Reason {
        /** Another process uses the same data root. */
        LOCKED,
        /** The state was written by a newer version. */
        NEWER_VERSION,
        /** The disk is full, broken or does not let us write. */
        DISK,
        /** The store is closed. */
        CLOSED
    }

    private final Reason reason;

    StoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What stands in the way. */
    public Reason reason() {
        return reason;
    }
}
