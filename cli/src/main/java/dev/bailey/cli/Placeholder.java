package dev.bailey.cli;

final class Placeholder {
    private Placeholder() {}
}
