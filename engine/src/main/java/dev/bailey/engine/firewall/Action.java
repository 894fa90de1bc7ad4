package dev.bailey.engine.firewall;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.SourcePorts;
import java.util.Objects;

/** What a rule does with the packets that match; {@code toString} gives it in the syntax of nft. */
public sealed interface Action {
    /**
     * One verdict for all of them.
     *
     * @param verdict the verdict
     */
    record Decide(Verdict verdict) implements Action {
        /** Checks that nothing is missing. */
        public Decide {
            Objects.requireNonNull(verdict, "verdict");
        }

        @Override
        public String toString() {
            return verdict.toString();
        }
    }

    /**
     * The verdict that a map has for the packet; without an element for it the packet goes on to the next rule.
     *
     * @param selector what of the packet is looked up
     * @param map the name of a map of the same table whose keys are of the selector's type
     */
    record LookUp(Selector selector, String map) implements Action {
        /** Checks that nothing is missing. */
        public LookUp {
            Objects.requireNonNull(selector, "selector");
            Objects.requireNonNull(map, "map");
        }

        @Override
        public String toString() {
            return selector + " vmap @" + map;
        }
    }

    /**
     * The connection's packets leave with the address of the interface they leave by; ends the chain.
     *
     * @param ports which ports they leave with
     */
    record Masquerade(SourcePorts ports) implements Action {
        /** Checks that nothing is missing. */
        public Masquerade {
            Objects.requireNonNull(ports, "ports");
        }

        @Override
        public String toString() {
            return "masquerade" + words(ports);
        }
    }

    private static String words(SourcePorts ports) {
        return switch (ports) {
            case KEPT -> "";
            case RANDOM -> " fully-random";
        };
    }

    /**
     * The connection's packets leave with an address of the host's; ends the chain.
     *
     * @param address the address, which need not be that of the interface they leave by
     * @param ports which ports they leave with
     */
    record SourceAddress(IpAddress address, SourcePorts ports) implements Action {
        /** Checks that nothing is missing. */
        public SourceAddress {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(ports, "ports");
        }

        @Override
        public String toString() {
            return "snat " + (address.family() == IpFamily.IPV4 ? "ip" : "ip6") + " to " + address + words(ports);
        }
    }

    /**
     * The connection goes to the sandbox that a map has for its destination; without an element for that the packet goes on
     * to the next rule.
     *
     * @param map the map, of the same table
     */
    record ToSandbox(PortMap map) implements Action {
        /** Checks that the map has sandboxes. */
        public ToSandbox {
            if (map.target() == PortMap.Target.ACCEPT) {
                throw new IllegalArgumentException("map " + map + " leads nowhere");
            }
        }

        @Override
        public String toString() {
            return "dnat " + map.header() + " to " + map.selectors() + " map @" + map;
        }
    }

    /**
     * The packet passes if a map has its destination among the ports that are open there; if not it goes on to the next rule.
     *
     * @param map the map, of the same table
     */
    record Open(PortMap map) implements Action {
        /** Checks that the map has verdicts. */
        public Open {
            if (map.target() != PortMap.Target.ACCEPT) {
                throw new IllegalArgumentException("map " + map + " has no verdicts");
            }
        }

        @Override
        public String toString() {
            return map.selectors() + " vmap @" + map;
        }
    }

    /** What of a packet a map can be asked about. */
    enum Selector {
        /** The name of the interface it came in by. */
        INPUT_INTERFACE("iifname", Key.Type.INTERFACE),
        /** The name of the interface it goes out by. */
        OUTPUT_INTERFACE("oifname", Key.Type.INTERFACE),
        /** Its IPv4 source address; in a table for both IP versions this implies that it is an IPv4 packet. */
        SOURCE_ADDRESS("ip saddr", Key.Type.SUBNET),
        /** Its IPv6 source address; in a table for both IP versions this implies that it is an IPv6 packet. */
        IPV6_SOURCE_ADDRESS("ip6 saddr", Key.Type.IPV6_SUBNET);

        private final String text;
        private final Key.Type keyType;

        Selector(String text, Key.Type keyType) {
            this.text = text;
            this.keyType = keyType;
        }

        /** The type of the keys of the maps that can be asked. */
        public Key.Type keyType() {
            return keyType;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
