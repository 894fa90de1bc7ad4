package dev.bailey.runtime;

import java.util.Objects;

/**
 * A request that the runtime could not do, in one line that says what was wrong and what would be right.
 *
 * <p>Errors of the network engine pass through as the engine threw them.
 */
public final class ContainerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What sort of failure it is; a face maps it once to its own codes. */
    public enum Kind {
        /** The request itself is wrong: a bad name, path, option, or a command that the image does not have. */
        INVALID_ARGUMENT,
        /** No such container, exec or image. */
        NOT_FOUND,
        /** The request does not fit the present state: a name in use, a container that is not running. */
        CONFLICT,
        /** This host lacks something needed: a program, a kernel feature, a right. */
        UNAVAILABLE,
        /** Anything else: I/O errors, a program that behaved unexpectedly. */
        INTERNAL
    }

    private final Kind kind;

    /**
     * An error without a cause.
     *
     * @param kind what sort of failure it is
     * @param message one line, complete in itself
     */
    public ContainerException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * An error with its cause.
     *
     * @param kind what sort of failure it is
     * @param message one line, complete in itself: the cause is for the log
     * @param cause what failed below
     */
    public ContainerException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What sort of failure it is. */
    public Kind kind() {
        return kind;
    }
}
