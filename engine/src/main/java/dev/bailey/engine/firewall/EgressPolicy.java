package dev.bailey.engine.firewall;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.LinkAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * By which ways packets of one family leave the host, with which addresses, and where to they may go, as far as that is not
 * as for everybody.
 *
 * @param family the family; all addresses are of it, allow lists apart
 * @param exits the ways in use, by their numbers
 * @param networks the numbers of the ways that packets of subnets take; no two overlap
 * @param arrivals the numbers of the ways by which connections are answered that came in by a link
 * @param bridges the bridges of all networks of the family
 * @param senders the endpoints that leave otherwise than their networks say
 */
public record EgressPolicy(
        IpFamily family,
        Map<Integer, Exit> exits,
        Map<IpSubnet, Integer> networks,
        Map<InterfaceName, Integer> arrivals,
        Set<InterfaceName> bridges,
        Set<Sender> senders) {
    /** The highest number of a way: as many as the bits of the mark can tell. */
    public static final int MAX_NUMBER = 63;

    /** The bits of a packet's mark, and of its connection's, that have the number of a way. */
    public static final int MARK_MASK = 0xfc00_0000;

    private static final int MARK_SHIFT = 26;
    private static final int TABLES = 717_000;

    /** Copies the parts and checks that every way that is taken is there. */
    public EgressPolicy {
        Objects.requireNonNull(family, "family");
        exits = Map.copyOf(exits);
        networks = Map.copyOf(networks);
        arrivals = Map.copyOf(arrivals);
        bridges = Set.copyOf(bridges);
        senders = Set.copyOf(senders);
        for (int number : exits.keySet()) {
            mark(number);
        }
        boolean known = exits.keySet().containsAll(networks.values())
                && exits.keySet().containsAll(arrivals.values())
                && senders.stream().flatMap(sender -> sender.way().stream()).allMatch(exits::containsKey);
        if (!known) {
            throw new IllegalArgumentException("a way is taken that is not there: there is " + exits.keySet());
        }
    }

    /** Everything leaves as for everybody. */
    public static EgressPolicy none(IpFamily family) {
        return new EgressPolicy(family, Map.of(), Map.of(), Map.of(), Set.of(), Set.of());
    }

    /** Whether everything leaves as for everybody. */
    public boolean isNone() {
        return equals(none(family));
    }

    /**
     * A way out.
     *
     * @param table the routing table that has it
     * @param hop the default route of a table of the engine's; empty for none, and for a table of the operator's
     */
    public record Exit(int table, Optional<Hop> hop) {
        /** Checks that nothing is missing. */
        public Exit {
            Objects.requireNonNull(hop, "hop");
        }
    }

    /**
     * A default route.
     *
     * @param link the index of the link that it leaves by
     * @param gateway the next hop; empty where the destination is on the link
     */
    public record Hop(int link, Optional<IpAddress> gateway) {
        /** Checks that nothing is missing. */
        public Hop {
            Objects.requireNonNull(gateway, "gateway");
        }
    }

    /**
     * An endpoint that leaves otherwise than its network says, in one family.
     *
     * @param address its address
     * @param subnet its network's, which it may always send to
     * @param way the number of the way that it takes; empty for its network's
     * @param source the address of the host's that it leaves with; empty for its network's
     * @param allowed where to it may send, in either family; empty for anywhere. Where none is of the family of its address it
     *     may send nowhere.
     */
    public record Sender(
            IpAddress address,
            IpSubnet subnet,
            Optional<Integer> way,
            Optional<IpAddress> source,
            List<EgressTarget> allowed) {
        /** Copies the list. */
        public Sender {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(subnet, "subnet");
            Objects.requireNonNull(way, "way");
            Objects.requireNonNull(source, "source");
            allowed = List.copyOf(allowed);
        }

        /** An endpoint that has an address like this, and whose way, if it has one, has this number. */
        public static Sender of(Egress egress, LinkAddress address, Optional<Integer> way) {
            return new Sender(
                    address.address(),
                    address.ipSubnet(),
                    way,
                    egress.source(address.address().family()),
                    egress.allowed());
        }

        /** The family that this is about. */
        public IpFamily family() {
            return address.family();
        }
    }

    /** The mark of packets that take the way with this number, 1 to {@value #MAX_NUMBER}. */
    public static int mark(int number) {
        if (number < 1 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("ways out have numbers from 1 to " + MAX_NUMBER + ", not " + number);
        }
        return number << MARK_SHIFT;
    }

    /** The number of the engine's own routing table for the way with this number. */
    public static int table(int number) {
        return TABLES + number;
    }

    /** Whether a routing table is one of the engine's own. */
    public static boolean isOwnTable(int table) {
        return table > TABLES && table <= TABLES + MAX_NUMBER;
    }

    /** The same policy for other senders. */
    public EgressPolicy with(Set<Sender> changed) {
        return new EgressPolicy(family, exits, networks, arrivals, bridges, changed);
    }
}
