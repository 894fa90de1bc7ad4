package dev.bailey.engine.model;

/**
 * The IPv4 part of an endpoint on a network that has one.
 *
 * @param address the leased address with the subnet's prefix length
 * @param gateway the sandbox's IPv4 default gateway through this endpoint
 */
public record EndpointIpv4(InterfaceAddress address, Ipv4Address gateway) {
    /** Checks that address and gateway are two hosts of one subnet. */
    public EndpointIpv4 {
        Subnet subnet = address.subnet();
        if (!subnet.isHost(address.address())) {
            throw new IllegalArgumentException(address + " is not an endpoint's address: it is the network or broadcast"
                    + " address of " + subnet);
        }
        if (!subnet.isUnicast(gateway) || gateway.equals(address.address())) {
            throw new IllegalArgumentException("gateway " + gateway + " does not fit the endpoint's address " + address
                    + ": it must be another host of " + subnet);
        }
    }
}
