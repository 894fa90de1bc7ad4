package dev.bailey.engine.model;

/**
 * The IPv6 part of an endpoint on a network that has one.
 *
 * @param address the leased address with the subnet's prefix length
 * @param gateway the sandbox's IPv6 default gateway through this endpoint
 */
public record EndpointIpv6(Ipv6InterfaceAddress address, Ipv6Address gateway) {
    /** Checks that address and gateway are two hosts of one subnet. */
    public EndpointIpv6 {
        Ipv6Subnet subnet = address.subnet();
        if (!subnet.isHost(address.address())) {
            throw new IllegalArgumentException(
                    address + " is not an endpoint's address: it is that of all routers of " + subnet);
        }
        if (!subnet.isHost(gateway) || gateway.equals(address.address())) {
            throw new IllegalArgumentException("gateway " + gateway + " does not fit the endpoint's address " + address
                    + ": it must be another host of " + subnet);
        }
    }
}
