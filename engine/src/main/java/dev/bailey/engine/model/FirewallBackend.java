package dev.bailey.engine.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which part of the kernel holds the packet rules, and in whose notation an operator sees them. */
public enum FirewallBackend {
    /** A table of the engine's own in nf_tables, written by netlink. */
    NFTABLES,
    /** Chains in the tables of iptables, written by the host's own {@code iptables-restore}. */
    IPTABLES;

    /**
     * Reads the word that {@link #toString} gives.
     *
     * @throws IllegalArgumentException naming the word and those there are
     */
    public static FirewallBackend parse(String word) {
        return Arrays.stream(values())
                .filter(backend -> backend.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no firewall backend: there is "
                        + Arrays.stream(values()).map(FirewallBackend::toString).collect(Collectors.joining(" and "))));
    }

    /** The word for it in options: {@code nftables} or {@code iptables}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
