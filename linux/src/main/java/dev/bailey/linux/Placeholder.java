package dev.bailey.linux;

final class Placeholder {
    private Placeholder() {}
}
