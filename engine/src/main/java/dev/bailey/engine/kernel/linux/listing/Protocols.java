package dev.bailey.engine.kernel.linux.listing;

/** Names of IP protocols as iptables writes them. */
public final class Protocols {
    private Protocols() {}

    /** Returns a protocol's name, or its number where it has none here. */
    public static String name(int number) {
        return Words.protocol(number);
    }
}
