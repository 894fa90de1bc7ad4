package dev.bailey.lab;

final class Placeholder {
    private Placeholder() {}
}
