package dev.bailey.api.stream;

/** One of the three standard streams; its ordinal is its number in a frame header. */
public enum StreamKind {
    STDIN,
    STDOUT,
    STDERR
}
