package dev.bailey.netlink.conntrack;

import java.net.InetAddress;

/**
 * What names one direction of a connection.
 *
 * @param source where its packets come from
 * @param destination where they go, an address of the same family
 * @param transport what is behind the IP header
 */
public record ConnectionTuple(InetAddress source, InetAddress destination, Transport transport) {
    /** Checks that both addresses are of one family. */
    public ConnectionTuple {
        if (source.getClass() != destination.getClass()) {
            throw new IllegalArgumentException(
                    "addresses " + source + " and " + destination + ": must be of one family");
        }
    }
}
