package dev.bailey.daemon.http;

/** Queries for tests of other packages. */
public final class Queries {
    private Queries() {}

    /** The parameters of a text such as {@code a=1&b=2}. */
    public static Query of(String text) {
        return new Query(RequestHead.parameters(text));
    }
}
