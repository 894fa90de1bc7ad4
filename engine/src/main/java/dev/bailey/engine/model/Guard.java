package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Whose frames pass a host end: those that say they come from the endpoint's own addresses, and no others.
 *
 * @param hostEnd the host end that they come in by
 * @param mac the hardware address that they come from
 * @param ipv4 the IPv4 address that they come from, where the network has IPv4; else neither IPv4 nor ARP passes
 * @param ipv6 the IPv6 address that they come from, where the network has IPv6; the link's own, made of the hardware address,
 *     passes with it
 */
public record Guard(InterfaceName hostEnd, MacAddress mac, Optional<Ipv4Address> ipv4, Optional<Ipv6Address> ipv6) {
    /** Checks that nothing is missing. */
    public Guard {
        Objects.requireNonNull(hostEnd, "hostEnd");
        Objects.requireNonNull(mac, "mac");
        Objects.requireNonNull(ipv4, "ipv4");
        Objects.requireNonNull(ipv6, "ipv6");
    }

    /** The guard that an endpoint has; none where its network lets everybody send as whom they like. */
    public static Optional<Guard> of(Endpoint endpoint, Network network) {
        return network.options().guarded() ? Optional.of(of(endpoint)) : Optional.empty();
    }

    /** The guard that an endpoint has on a network that is guarded. */
    public static Guard of(Endpoint endpoint) {
        return new Guard(
                endpoint.hostEnd(),
                endpoint.mac(),
                endpoint.ipv4().map(ipv4 -> ipv4.address().address()),
                endpoint.ipv6().map(ipv6 -> ipv6.address().address()));
    }

    /** In the words of a message. */
    @Override
    public String toString() {
        return hostEnd + " as " + mac
                + ipv4.map(each -> " " + each).orElse("")
                + ipv6.map(each -> " " + each).orElse("");
    }
}
