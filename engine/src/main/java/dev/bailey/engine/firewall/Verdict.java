package dev.bailey.engine.firewall;

import java.util.Optional;

/** What becomes of a packet, as nftables uses the word. */
public sealed interface Verdict {
    /** The packet passes this base chain; those of later priorities still see it. */
    record Accept() implements Verdict {
        @Override
        public String toString() {
            return "accept";
        }
    }

    /** The packet is gone. */
    record Drop() implements Verdict {
        @Override
        public String toString() {
            return "drop";
        }
    }

    /** Back to the rule after the jump; in a base chain to its policy. */
    record Return() implements Verdict {
        @Override
        public String toString() {
            return "return";
        }
    }

    /**
     * On with another chain, and back at its end.
     *
     * @param chain a chain of the same table that is no base chain
     */
    record Jump(String chain) implements Verdict {
        @Override
        public String toString() {
            return "jump " + chain;
        }
    }

    /**
     * On with another chain, and at its end back to where this one was jumped to from.
     *
     * @param chain a chain of the same table that is no base chain
     */
    record GoTo(String chain) implements Verdict {
        @Override
        public String toString() {
            return "goto " + chain;
        }
    }

    /** The chain that the packet goes on with, if it does. */
    default Optional<String> target() {
        return switch (this) {
            case Accept accept -> Optional.empty();
            case Drop drop -> Optional.empty();
            case Return back -> Optional.empty();
            case Jump jump -> Optional.of(jump.chain);
            case GoTo go -> Optional.of(go.chain);
        };
    }
}
