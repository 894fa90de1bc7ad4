package dev.bailey.engine.firewall.iptables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The engine's part of the tables of iptables: what is wanted, or what is there.
 *
 * <p>A rule is its text as {@code iptables-save} prints it, without the {@code -A CHAIN} before it, so that one that was
 * read back equals the one that was sent.
 *
 * @param ipv4 the tables of iptables, in the order of committing
 * @param ipv6 the tables of ip6tables, in the order of committing
 */
public record IptablesRules(List<Table> ipv4, List<Table> ipv6) {
    /** Copies the lists. */
    public IptablesRules {
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
    }

    /** The tables of one family. */
    public List<Table> tables(IptablesFamily family) {
        return switch (family) {
            case IPV4 -> ipv4;
            case IPV6 -> ipv6;
        };
    }

    /** Whether a chain of that name is the engine's own; the operator's is not. */
    public static boolean isOwnChain(String name) {
        return Chains.isOwn(name);
    }

    /** Whether a chain of that name is the engine's own, or the operator's that the engine makes. */
    public static boolean isWatchedChain(String name) {
        return Chains.isOwn(name) || Chains.isHook(name);
    }

    /**
     * What the engine has in one table.
     *
     * @param name the table's name
     * @param chains the rules of the engine's own chains, by the chain's name
     * @param hooks the chains for the operator's rules, made where missing and never changed, with the rules of the
     *     operator that were found in them or lead to them from elsewhere
     * @param anchors the engine's rules in chains of others
     */
    public record Table(
            String name, Map<String, List<String>> chains, Map<String, List<String>> hooks, List<Anchor> anchors) {
        /** Copies the parts. */
        public Table {
            Objects.requireNonNull(name, "name");
            chains = copy(chains);
            hooks = copy(hooks);
            anchors = List.copyOf(anchors);
        }

        /** A table without anything of the engine's. */
        public static Table empty(String name) {
            return new Table(name, Map.of(), Map.of(), List.of());
        }

        /** Whether there is nothing of the engine's in it. */
        public boolean isEmpty() {
            return chains.isEmpty() && hooks.isEmpty() && anchors.isEmpty();
        }

        private static Map<String, List<String>> copy(Map<String, List<String>> chains) {
            Map<String, List<String>> copy = new LinkedHashMap<>();
            chains.forEach((name, rules) -> copy.put(name, List.copyOf(rules)));
            return Collections.unmodifiableMap(copy);
        }
    }

    /**
     * A rule of the engine's in a chain of others.
     *
     * @param chain the chain
     * @param position its place in the chain, from 1; 0 where it was not found there and is added behind what is
     * @param last whether it must stand, or does stand, behind all rules of others
     * @param rule the rule
     */
    public record Anchor(String chain, int position, boolean last, String rule) {
        /** Checks that the place is one. */
        public Anchor {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(rule, "rule");
            if (position < 0) {
                throw new IllegalArgumentException("place " + position + " in chain " + chain + ": the first is 1");
            }
        }

        /** One that is wanted in a certain place, from 1. */
        static Anchor at(String chain, int position, String rule) {
            return new Anchor(chain, position, false, rule);
        }

        /** One that is added behind what is there; any place will do later. */
        static Anchor behind(String chain, String rule) {
            return new Anchor(chain, 0, false, rule);
        }

        /** One that is wanted behind all rules of others, those that are appended later as well. */
        static Anchor last(String chain, String rule) {
            return new Anchor(chain, 0, true, rule);
        }

        /** The same behind all rules of others. */
        Anchor asLast() {
            return new Anchor(chain, position, true, rule);
        }

        /** Whether a rule that was found is in the place that is wanted. */
        boolean isSatisfiedBy(Anchor found) {
            return found.chain.equals(chain)
                    && found.rule.equals(rule)
                    && (position == 0 || position == found.position)
                    && (!last || found.last);
        }
    }
}
