package dev.bailey.engine.view;

import java.util.Objects;
import java.util.Set;

/**
 * A chain of others, at the hook of packets that pass through, which refuses whatever it did not accept.
 *
 * @param family the family of its table, {@code ip}, {@code ip6} or {@code inet}
 * @param table its table's name
 * @param name its name
 * @param refusal what refuses, in a few words
 * @param author who is known to write it
 * @param passed the bridges of the engine's whose packets it accepts before that, by name
 */
public record ClosedChain(String family, String table, String name, String refusal, Author author, Set<String> passed) {
    /** Who writes a chain, as far as names tell. */
    public enum Author {
        /** firewalld. */
        FIREWALLD,
        /** ufw. */
        UFW,
        /** Docker. */
        DOCKER,
        /** Somebody who uses iptables. */
        IPTABLES,
        /** Somebody who uses nftables. */
        NFTABLES
    }

    /** Checks that nothing is missing, and copies the names. */
    public ClosedChain {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(refusal, "refusal");
        Objects.requireNonNull(author, "author");
        passed = Set.copyOf(passed);
    }
}
