package dev.bailey.netlink.conntrack;

/** What tells connections between the same two addresses apart. */
public sealed interface Transport {
    /** The IP protocol number, 0 to 255. */
    int protocol();

    /**
     * The ports of TCP, UDP, SCTP and the like.
     *
     * @param protocol the IP protocol number
     * @param source 0 to 65535
     * @param destination 0 to 65535
     */
    record Ports(int protocol, int source, int destination) implements Transport {
        /** Checks the ranges. */
        public Ports {
            checkProtocol(protocol);
            checkPort(source);
            checkPort(destination);
        }
    }

    /**
     * The fields of an ICMP or ICMPv6 question.
     *
     * @param protocol 1 for ICMP, 58 for ICMPv6
     * @param id the question's id, 0 to 65535
     * @param type the message's type
     * @param code the message's code
     */
    record Icmp(int protocol, int id, int type, int code) implements Transport {
        /** Checks the protocol. */
        public Icmp {
            if (protocol != Conntrack.IPPROTO_ICMP && protocol != Conntrack.IPPROTO_ICMPV6) {
                throw new IllegalArgumentException("protocol " + protocol + ": must be 1 or 58 for ICMP");
            }
        }
    }

    /**
     * A protocol without anything of that kind.
     *
     * @param protocol the IP protocol number
     */
    record Other(int protocol) implements Transport {
        /** Checks the range. */
        public Other {
            checkProtocol(protocol);
        }
    }

    private static void checkProtocol(int protocol) {
        if (protocol < 0 || protocol > 0xff) {
            throw new IllegalArgumentException("protocol " + protocol + ": must be 0 to 255");
        }
    }

    private static void checkPort(int port) {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + ": must be 0 to 65535");
        }
    }
}
