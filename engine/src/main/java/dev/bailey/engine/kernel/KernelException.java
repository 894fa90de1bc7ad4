package dev.bailey.engine.kernel;

import org.jspecify.annotations.Nullable;

/** A refusal by the kernel: the message carries operation, object, errno and the kernel's own text. Thread-safe. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The refusals that the engine treats differently from others. */
    public enum Reason {
        /** A link, address or file of that name is there already (EEXIST, EBUSY). */
        EXISTS,
        /** The link, namespace or file is not there (ENODEV, ENOENT). */
        ABSENT,
        /** A limit of the kernel is reached: a bridge takes 1,023 ports (EXFULL), a table is full (ENOSPC). */
        FULL,
        /** The kernel lacks the feature or this process lacks the right (EOPNOTSUPP, EPERM, …). */
        UNSUPPORTED,
        /** Anything else. */
        OTHER
    }

    private final Reason reason;

    /**
     * Creates a refusal.
     *
     * @param reason what kind it is
     * @param message one line: operation, object, errno, the kernel's text
     * @param cause the adapter's own exception, if there is one
     */
    public KernelException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Returns what kind of refusal this is. */
    public Reason reason() {
        return reason;
    }
}
