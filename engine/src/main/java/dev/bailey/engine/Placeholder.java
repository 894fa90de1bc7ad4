package dev.bailey.engine;

final class Placeholder {
    private Placeholder() {}
}
