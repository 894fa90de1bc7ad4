package dev.bailey.daemon.http;

import java.util.Objects;

/**
 * One line of the routing table.
 *
 * @param method the method in capitals
 * @param path what the path looks like
 * @param body how the request's body reaches the handler
 * @param handler what answers
 */
public record Route(String method, PathTemplate path, Body body, Handler handler) {
    /** How the body of a request reaches its handler. */
    public enum Body {
        /** Read whole before the handler runs, within {@link Limits#MAX_BODY_BYTES}. */
        WHOLE,
        /** Read by the handler while it arrives; of any length. */
        STREAMED,
        /** Read whole; what follows it is a raw stream if the handler answers by {@link Exchange#hijack}. */
        HIJACKED
    }

    /** Checks that nothing is missing. */
    public Route {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(handler, "handler");
    }

    /** A route for {@code GET}. */
    public static Route get(String path, Handler handler) {
        return new Route("GET", PathTemplate.of(path), Body.WHOLE, handler);
    }

    /** A route for {@code HEAD}. */
    public static Route head(String path, Handler handler) {
        return new Route("HEAD", PathTemplate.of(path), Body.WHOLE, handler);
    }

    /** A route for {@code POST}. */
    public static Route post(String path, Handler handler) {
        return new Route("POST", PathTemplate.of(path), Body.WHOLE, handler);
    }

    /** A route for {@code POST} with a body of any length. */
    public static Route upload(String path, Handler handler) {
        return new Route("POST", PathTemplate.of(path), Body.STREAMED, handler);
    }

    /** A route for {@code POST} that turns the connection into a raw stream. */
    public static Route hijack(String path, Handler handler) {
        return new Route("POST", PathTemplate.of(path), Body.HIJACKED, handler);
    }

    /** A route for {@code DELETE}. */
    public static Route delete(String path, Handler handler) {
        return new Route("DELETE", PathTemplate.of(path), Body.WHOLE, handler);
    }
}
