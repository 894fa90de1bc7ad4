package dev.bailey.bench;

final class Placeholder {
    private Placeholder() {}
}
