package dev.bailey.examples;

final class Placeholder {
    private Placeholder() {}
}
