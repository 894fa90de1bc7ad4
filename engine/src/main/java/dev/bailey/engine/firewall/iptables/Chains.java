package dev.bailey.engine.firewall.iptables;

import java.util.Set;

/** The names of tables and chains. */
final class Chains {
    static final String FILTER = "filter";
    static final String NAT = "nat";

    /** For the operator's rules, of table filter. */
    static final String USER = "BAILEY-USER";
    /** Drops what the policy does not let pass, of table filter. */
    static final String FORWARD = "BAILEY-FORWARD";
    /** Accepts what the policy lets pass and nobody else has dropped, of table filter. */
    static final String ACCEPT = "BAILEY-ACCEPT";
    /** Ports that are open at the containers' own addresses, of table filter; whoever comes to its end is dropped. */
    static final String OPEN = "BAILEY-OPEN";
    /** Keeps networks from addresses that are on this host only, of table filter. */
    static final String INPUT = "BAILEY-INPUT";
    /** Destinations on this host, of table nat. */
    static final String DESTINATIONS = "BAILEY";
    /** What leaves one of several networks, of table nat. */
    static final String MASQUERADE = "BAILEY-MASQUERADE";

    /** What came to a published port and would not be answered this way, of table nat. */
    static final String HAIRPIN = "BAILEY-HAIRPIN";

    private static final Set<String> OWN = Set.of(FORWARD, ACCEPT, OPEN, INPUT, DESTINATIONS, MASQUERADE, HAIRPIN);

    private Chains() {}

    /** Whether a chain is the engine's own. */
    static boolean isOwn(String chain) {
        return OWN.contains(chain);
    }

    /**
     * Whether it is all the same in which order a rule and others for which this holds stand in a chain: those of ports, of which
     * no two are for the same packets. They stand together.
     */
    static boolean isInterchangeable(String chain, String rule) {
        return switch (chain) {
            case DESTINATIONS -> rule.contains(" -j DNAT ");
            case OPEN -> rule.endsWith(" -j RETURN");
            default -> false;
        };
    }

    /** Whether a chain is made for the operator. */
    static boolean isHook(String chain) {
        return chain.equals(USER);
    }
}
