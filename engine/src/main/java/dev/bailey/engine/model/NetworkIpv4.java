package dev.bailey.engine.model;

import java.util.Map;
import java.util.Objects;

/**
 * The IPv4 part of a network that has one.
 *
 * @param bridgeAddress the bridge's own address, with the prefix length of the subnet
 * @param range where the addresses of its endpoints are taken from unless asked for by name: the subnet or a part of it
 * @param gateway the default gateway of its endpoints, in the subnet; the bridge's own address unless somebody else routes
 * @param auxiliary addresses of the subnet that no endpoint gets, by a name for each
 * @param bridgeAddressed whether the bridge has its address; where not, this host is no part of the network
 * @param defaultRoute whether its endpoints can have their default route through it, unless it is internal
 */
public record NetworkIpv4(
        InterfaceAddress bridgeAddress,
        Subnet range,
        Ipv4Address gateway,
        Map<String, Ipv4Address> auxiliary,
        boolean bridgeAddressed,
        boolean defaultRoute) {
    /** Checks that all addresses fit the subnet. */
    public NetworkIpv4 {
        Objects.requireNonNull(range, "range");
        auxiliary = Map.copyOf(auxiliary);
        Subnet subnet = bridgeAddress.subnet();
        checkFits("gateway", gateway, subnet);
        checkFits("bridge address", bridgeAddress.address(), subnet);
        if (!subnet.contains(range)) {
            throw new IllegalArgumentException("range " + range + " does not fit: it must lie in the subnet " + subnet);
        }
        checkAuxiliary(auxiliary, subnet, gateway, bridgeAddress.address());
    }

    /** One whose bridge has its address and which endpoints can have their default route through. */
    public NetworkIpv4(InterfaceAddress bridgeAddress, Subnet range, Ipv4Address gateway) {
        this(bridgeAddress, range, gateway, Map.of(), true, true);
    }

    private static void checkFits(String what, Ipv4Address address, Subnet subnet) {
        if (!subnet.isUnicast(address)) {
            throw new IllegalArgumentException(what + " " + address + " does not fit: an address from "
                    + subnet.firstHost() + " to " + subnet.lastHost() + " would");
        }
    }

    private static void checkAuxiliary(
            Map<String, Ipv4Address> auxiliary, Subnet subnet, Ipv4Address gateway, Ipv4Address bridge) {
        auxiliary.forEach((name, address) -> {
            if (!subnet.isHost(address) || address.equals(gateway) || address.equals(bridge)) {
                throw new IllegalArgumentException("auxiliary address " + name + "=" + address
                        + " does not fit: it must be a host of " + subnet + " other than the gateway " + gateway);
            }
        });
    }

    /** The addresses of its endpoints and of its bridge. */
    public Subnet subnet() {
        return bridgeAddress.subnet();
    }
}
