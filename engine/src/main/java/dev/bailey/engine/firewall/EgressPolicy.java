package dev.bailey.engine.firewall;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * By which ways IPv4 packets leave the host, with which addresses, and where to they may go, as far as that is not as for
 * everybody.
 *
 * @param exits the ways in use, by their numbers
 * @param networks the numbers of the ways that packets of subnets take; no two overlap
 * @param arrivals the numbers of the ways by which connections are answered that came in by a link
 * @param bridges the bridges of all networks
 * @param senders the endpoints that leave otherwise than their networks say
 */
public record EgressPolicy(
        Map<Integer, Exit> exits,
        Map<Subnet, Integer> networks,
        Map<InterfaceName, Integer> arrivals,
        Set<InterfaceName> bridges,
        Set<Sender> senders) {
    /** Everything leaves as for everybody. */
    public static final EgressPolicy NONE = new EgressPolicy(Map.of(), Map.of(), Map.of(), Set.of(), Set.of());

    /** The highest number of a way: as many as the bits of the mark can tell. */
    public static final int MAX_NUMBER = 63;

    /** The bits of a packet's mark, and of its connection's, that have the number of a way. */
    public static final int MARK_MASK = 0xfc00_0000;

    private static final int MARK_SHIFT = 26;
    private static final int TABLES = 717_000;

    /** Copies the parts and checks that every way that is taken is there. */
    public EgressPolicy {
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
    public record Hop(int link, Optional<Ipv4Address> gateway) {
        /** Checks that nothing is missing. */
        public Hop {
            Objects.requireNonNull(gateway, "gateway");
        }
    }

    /**
     * An endpoint that leaves otherwise than its network says.
     *
     * @param address its address
     * @param subnet its network's, which it may always send to
     * @param way the number of the way that it takes; empty for its network's
     * @param source the address of the host's that it leaves with; empty for its network's
     * @param allowed where to it may send; empty for anywhere
     */
    public record Sender(
            Ipv4Address address,
            Subnet subnet,
            Optional<Integer> way,
            Optional<Ipv4Address> source,
            List<EgressTarget> allowed) {
        /** Copies the list. */
        public Sender {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(subnet, "subnet");
            Objects.requireNonNull(way, "way");
            Objects.requireNonNull(source, "source");
            allowed = List.copyOf(allowed);
        }

        /** An endpoint whose way, if it has one, has this number. */
        public static Sender of(Endpoint endpoint, Optional<Integer> way) {
            Egress egress = endpoint.egress();
            InterfaceAddress address = endpoint.ipv4().orElseThrow().address();
            return new Sender(address.address(), address.subnet(), way, egress.sourceAddress(), egress.allowed());
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
        return new EgressPolicy(exits, networks, arrivals, bridges, changed);
    }
}
