package dev.bailey.netlink;

final class Placeholder {
    private Placeholder() {}
}
