package dev.bailey.engine;

import dev.bailey.engine.kernel.KernelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that the engine could not carry out. Nothing of it stays applied. The message is one line for the
 * operator: what was wrong, where, and what would be right.
 */
public class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * An error without a cause below it.
     *
     * @param code its kind
     * @param message one line for the operator
     */
    public EngineException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * An error with the failure that led to it.
     *
     * @param code its kind
     * @param message one line for the operator
     * @param cause the failure below, kept for the log
     */
    public EngineException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The kind of this error. */
    public ErrorCode code() {
        return code;
    }

    /** Tells of a kernel that refused, and what for. */
    static EngineException of(String operation, KernelException refusal) {
        ErrorCode code = switch (refusal.reason()) {
            case EXISTS -> ErrorCode.CONFLICT;
            case ABSENT -> ErrorCode.NOT_FOUND;
            case FULL -> ErrorCode.EXHAUSTED;
            case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
            case OTHER -> ErrorCode.INTERNAL;
        };
        return new EngineException(code, "cannot " + operation + ": " + refusal.getMessage(), refusal);
    }
}
