package dev.bailey.runtime;

final class Placeholder {
    private Placeholder() {}
}
