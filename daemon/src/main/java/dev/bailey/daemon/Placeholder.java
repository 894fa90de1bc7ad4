package dev.bailey.daemon;

final class Placeholder {
    private Placeholder() {}
}
