package dev.bailey.engine.view;

/**
 * A route for everything that no other route is for.
 *
 * @param link the index of the link that it leaves through
 * @param gateway the next hop's address; empty where the destinations are on the link
 * @param metric its priority; of two the smaller one wins
 * @param ipv6 whether it is for IPv6, else for IPv4
 * @param advertised whether the kernel has it from a router that advertised itself, and keeps it only while it goes on to
 *     listen
 */
public record DefaultRoute(int link, String gateway, long metric, boolean ipv6, boolean advertised) {
    /** One that somebody on the host made. */
    public DefaultRoute(int link, String gateway, long metric, boolean ipv6) {
        this(link, gateway, metric, ipv6, false);
    }
}
