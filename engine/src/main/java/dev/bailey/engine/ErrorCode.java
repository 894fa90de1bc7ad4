package dev.bailey.engine;

/** The kind of a failed request, so that a face can pick its own status for it. */
public enum ErrorCode {
    /** The request itself is wrong; sending it again cannot help. */
    INVALID_ARGUMENT,
    /** What the request names does not exist. */
    NOT_FOUND,
    /** Somebody else holds what the request asks for, or it exists already. */
    CONFLICT,
    /** No address, subnet, bridge port or other counted thing is left. */
    EXHAUSTED,
    /** This kernel or this machine cannot do it. */
    UNSUPPORTED,
    /** It cannot be done now: the engine is starting, closing or has lost its store. */
    UNAVAILABLE,
    /** A fault of the engine or an answer of the kernel that nobody expected. */
    INTERNAL
}
