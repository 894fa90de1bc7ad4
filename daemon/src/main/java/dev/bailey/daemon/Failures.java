package dev.bailey.daemon;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.runtime.ContainerException;
import java.util.Objects;

/** How errors of the engine and the runtime look to a client: the one place that maps them to statuses of HTTP. */
public final class Failures {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INTERNAL = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;

    private Failures() {}

    /** Returns what a client is told about an error that ended its request. */
    public static HttpFailure of(Throwable error) {
        return switch (error) {
            case HttpFailure failure -> failure;
            case EngineException engine -> new HttpFailure(status(engine.code()), message(engine));
            case ContainerException container -> new HttpFailure(status(container.kind()), message(container));
            default ->
                new HttpFailure(INTERNAL, "the daemon failed: " + oneLine(error.toString()) + "; its log has more");
        };
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case INVALID_ARGUMENT -> BAD_REQUEST;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case EXHAUSTED, UNAVAILABLE -> UNAVAILABLE;
            case UNSUPPORTED -> NOT_IMPLEMENTED;
            case INTERNAL -> INTERNAL;
        };
    }

    private static int status(ContainerException.Kind kind) {
        return switch (kind) {
            case INVALID_ARGUMENT -> BAD_REQUEST;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case UNAVAILABLE -> UNAVAILABLE;
            case INTERNAL -> INTERNAL;
        };
    }

    private static String message(Throwable error) {
        return oneLine(
                Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName()));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
