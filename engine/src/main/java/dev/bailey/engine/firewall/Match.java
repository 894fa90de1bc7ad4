package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.TransportProtocol;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A condition of a rule; {@code toString} gives it in the syntax of nft. */
public sealed interface Match {
    /**
     * The packet came in by this interface.
     *
     * @param name the interface; need not exist
     */
    record InputInterface(InterfaceName name) implements Match {
        @Override
        public String toString() {
            return "iifname \"" + name + "\"";
        }
    }

    /**
     * The packet goes out by this interface.
     *
     * @param name the interface; need not exist
     */
    record OutputInterface(InterfaceName name) implements Match {
        @Override
        public String toString() {
            return "oifname \"" + name + "\"";
        }
    }

    /** What connection tracking knows of a packet's connection. */
    enum CtState {
        /** It has seen packets in both directions. */
        ESTABLISHED,
        /** The connection belongs to another one, as an ICMP error does. */
        RELATED,
        /** The packet belongs to no connection that there could be. */
        INVALID
    }

    /**
     * The packet's connection is in one of these states.
     *
     * @param states at least one
     */
    record CtStateIn(Set<CtState> states) implements Match {
        /** Copies the states, in the order of the enum. */
        public CtStateIn {
            states = Collections.unmodifiableSet(EnumSet.copyOf(states));
        }

        @Override
        public String toString() {
            return "ct state "
                    + states.stream()
                            .map(s -> s.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(","));
        }
    }

    /** The destination of the packet's connection was translated: it came to a published port. */
    record DestinationTranslated() implements Match {
        @Override
        public String toString() {
            return "ct status dnat";
        }
    }

    /** The packet's destination is one of this host's addresses. */
    record DestinationLocal() implements Match {
        @Override
        public String toString() {
            return "fib daddr type local";
        }
    }

    /**
     * The packet is one of a family.
     *
     * @param family the family
     */
    record OfFamily(IpFamily family) implements Match {
        @Override
        public String toString() {
            return "meta nfproto " + family.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The packet is one of this protocol.
     *
     * @param protocol a protocol with ports
     */
    record Transport(TransportProtocol protocol) implements Match {
        @Override
        public String toString() {
            return "meta l4proto " + protocol;
        }
    }

    /**
     * The packet is one of ICMP, as that of {@code ping}.
     *
     * @param family that which the ICMP is for
     */
    record Icmp(IpFamily family) implements Match {
        @Override
        public String toString() {
            return switch (family) {
                case IPV4 -> "meta l4proto icmp";
                case IPV6 -> "meta l4proto ipv6-icmp";
            };
        }
    }

    /**
     * The packet comes from an address of this subnet.
     *
     * @param subnet the subnet
     */
    record SourceIn(IpSubnet subnet) implements Match {
        @Override
        public String toString() {
            return header(subnet) + " saddr " + subnet.shortForm();
        }
    }

    /**
     * The packet goes to an address of this subnet.
     *
     * @param subnet the subnet
     */
    record DestinationIn(IpSubnet subnet) implements Match {
        @Override
        public String toString() {
            return header(subnet) + " daddr " + subnet.shortForm();
        }
    }

    private static String header(IpSubnet subnet) {
        return switch (subnet.family()) {
            case IPV4 -> "ip";
            case IPV6 -> "ip6";
        };
    }

    /**
     * The packet carries this mark.
     *
     * @param mark the mark
     */
    record Marked(PacketMark mark) implements Match {
        @Override
        public String toString() {
            return mark.mask() == -1
                    ? String.format("meta mark 0x%08x", mark.value())
                    : String.format("meta mark & 0x%08x == 0x%08x", mark.mask(), mark.value());
        }
    }
}
