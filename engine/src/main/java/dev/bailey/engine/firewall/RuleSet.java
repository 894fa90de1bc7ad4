package dev.bailey.engine.firewall;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Packet rules as nftables arranges them, apart from any way of writing them down: tables with chains of rules and maps
 * of verdicts. A table that refers to what it does not have, or in a way the kernel refuses, cannot be made.
 *
 * @param tables the tables by their id, in the order of making
 */
public record RuleSet(Map<TableId, Table> tables) {
    /** No table at all. */
    public static final RuleSet EMPTY = of();

    /** Copies the tables. */
    public RuleSet {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** A rule set of these tables. */
    public static RuleSet of(Table... tables) {
        return new RuleSet(byName(List.of(tables), Table::id));
    }

    /** Which packets a table sees. */
    public enum Family {
        /** IPv4 and IPv6. */
        INET,
        /** IPv4 only. */
        IP,
        /** IPv6 only. */
        IP6
    }

    /**
     * What tells a table from all others.
     *
     * @param family which packets it sees
     * @param name its name, unique in the family
     */
    public record TableId(Family family, String name) {
        /** Checks that nothing is missing. */
        public TableId {
            Objects.requireNonNull(family, "family");
            Objects.requireNonNull(name, "name");
        }
    }

    /** Who writes into a table. */
    public enum Ownership {
        /** The engine alone; nobody else can change or delete it while the engine runs. */
        ENGINE,
        /** The operator: the engine makes it where it is missing, and never touches it again. */
        OPERATOR
    }

    /**
     * A table.
     *
     * @param id its family and name
     * @param ownership who writes into it
     * @param chains its chains by their name
     * @param maps its maps of verdicts by their name
     * @param portMaps its maps of published ports, whose elements are no part of a rule set: they come and go without a
     *     change of the rules
     */
    public record Table(
            TableId id,
            Ownership ownership,
            Map<String, Chain> chains,
            Map<String, VerdictMap> maps,
            Set<PortMap> portMaps) {
        /** Copies the parts and checks that they fit each other. */
        public Table {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(ownership, "ownership");
            chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
            maps = Collections.unmodifiableMap(new LinkedHashMap<>(maps));
            portMaps = PortMap.ordered(portMaps);
            References.check(id, chains, maps, portMaps);
        }

        /** A table of these chains and maps, without maps of ports. */
        public static Table of(TableId id, Ownership ownership, Collection<Chain> chains, Collection<VerdictMap> maps) {
            return of(id, ownership, chains, maps, Set.of());
        }

        /** A table of these chains and maps. */
        public static Table of(
                TableId id,
                Ownership ownership,
                Collection<Chain> chains,
                Collection<VerdictMap> maps,
                Set<PortMap> portMaps) {
            return new Table(id, ownership, byName(chains, Chain::name), byName(maps, VerdictMap::name), portMaps);
        }

        /** The table with these maps of ports. */
        public Table with(Set<PortMap> changed) {
            return new Table(id, ownership, chains, maps, changed);
        }
    }

    /** Where in a packet's way through the host a base chain stands. */
    public enum Hook {
        /** Before the routing of packets from outside. */
        PREROUTING,
        /** After the routing of packets that the host itself sends. */
        OUTPUT,
        /** After the routing of packets that pass through. */
        FORWARD,
        /** After the routing of all packets that leave. */
        POSTROUTING
    }

    /** What kind of rules a base chain can have. */
    public enum ChainType {
        /** Rules that accept and drop; sees every packet. */
        FILTER,
        /** Rules that translate addresses; sees the first packet of each connection. */
        NAT
    }

    /**
     * How packets come to a base chain. Its policy is always accept: what no rule is about is not the engine's business.
     *
     * @param type what kind of rules it can have
     * @param hook where it stands
     * @param priority its place among the base chains of the hook, lower ones first; see {@link Priority}
     */
    public record BaseChain(ChainType type, Hook hook, int priority) {
        /** Checks that nothing is missing. */
        public BaseChain {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(hook, "hook");
        }
    }

    /** The kernel's own priorities (linux/netfilter_ipv4.h). */
    public static final class Priority {
        /** Before connection tracking. */
        public static final int RAW = -300;
        /** Translation of destinations. */
        public static final int DSTNAT = -100;
        /** Filtering. */
        public static final int FILTER = 0;
        /** Translation of sources. */
        public static final int SRCNAT = 100;

        private Priority() {}
    }

    /**
     * A chain.
     *
     * @param name its name, unique in the table
     * @param base how packets come to it, when not by a jump
     * @param rules its rules, tried one after the other
     */
    public record Chain(String name, Optional<BaseChain> base, List<Rule> rules) {
        /** Copies the rules. */
        public Chain {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(base, "base");
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule.
     *
     * @param matches conditions, all of which must hold
     * @param counted whether the kernel counts the packets and bytes that match
     * @param action what is done then
     * @param comment what the rule is for, or empty
     */
    public record Rule(List<Match> matches, boolean counted, Action action, String comment) {
        /** Copies the conditions. */
        public Rule {
            matches = List.copyOf(matches);
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(comment, "comment");
        }
    }

    /**
     * A map from a part of the packet to a verdict. Looking something up costs the same however many elements there
     * are.
     *
     * @param name its name, unique in the table
     * @param keyType the type of all its keys
     * @param elements the verdicts by their key
     */
    public record VerdictMap(String name, Key.Type keyType, Map<Key, Verdict> elements) {
        /** Copies the elements. */
        public VerdictMap {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(keyType, "keyType");
            elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        }
    }

    private static <K, V> Map<K, V> byName(Collection<V> values, Function<V, K> key) {
        Map<K, V> map = new LinkedHashMap<>();
        for (V value : values) {
            if (map.put(key.apply(value), value) != null) {
                throw new IllegalArgumentException("two have the name " + key.apply(value));
            }
        }
        return map;
    }
}
