package dev.bailey.engine.view;

/**
 * A route for everything that no other route is for.
 *
 * @param link the index of the link that it leaves through
 * @param gateway the next hop's address; empty where the destinations are on the link
 * @param metric its priority; of two the smaller one wins
 * @param ipv6 whether it is for IPv6, else for IPv4
 */
public record DefaultRoute(int link, String gateway, long metric, boolean ipv6) {}
