package dev.bailey.engine.model;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The IPv6 part of a network that has one.
 *
 * @param bridgeAddress the bridge's own address, with the prefix length of the subnet
 * @param range where the addresses of its endpoints are taken from unless asked for by name: the subnet or a part of it
 * @param gateway the default gateway of its endpoints, in the subnet; the bridge's own address unless somebody else routes
 * @param auxiliary addresses of the subnet that no endpoint gets, by a name for each
 * @param gatewayMode how IPv6 packets pass between it and what is outside; isolated is for internal networks alone
 * @param sourceAddress the address of the host that IPv6 packets leave with instead of the uplink's
 */
public record NetworkIpv6(
        Ipv6InterfaceAddress bridgeAddress,
        Ipv6Subnet range,
        Ipv6Address gateway,
        Map<String, Ipv6Address> auxiliary,
        GatewayMode gatewayMode,
        Optional<Ipv6Address> sourceAddress) {
    /** Checks that all addresses fit the subnet. */
    public NetworkIpv6 {
        Objects.requireNonNull(gatewayMode, "gatewayMode");
        auxiliary = Map.copyOf(auxiliary);
        Ipv6Subnet subnet = bridgeAddress.subnet();
        checkFits("bridge address", bridgeAddress.address(), subnet);
        checkFits("gateway", gateway, subnet);
        if (!subnet.contains(range)) {
            throw new IllegalArgumentException("range " + range + " does not fit: it must lie in the subnet " + subnet);
        }
        checkAuxiliary(auxiliary, subnet, gateway, bridgeAddress.address());
        sourceAddress.ifPresent(NetworkIpv6::checkSourceAddress);
    }

    static void checkSourceAddress(Ipv6Address address) {
        if (address.isMulticast() || address.isLoopback() || address.isLinkLocal() || address.equals(Ipv6Address.ANY)) {
            throw new IllegalArgumentException(
                    address + " cannot be the address that packets leave with: name one of this host's");
        }
    }

    /** One in gateway mode nat whose bridge is the first host of the subnet, and its gateway. */
    public static NetworkIpv6 of(Ipv6Subnet subnet) {
        Ipv6Address gateway = subnet.firstHost();
        return new NetworkIpv6(
                new Ipv6InterfaceAddress(gateway, subnet.prefixLength()),
                subnet,
                gateway,
                Map.of(),
                GatewayMode.NAT,
                Optional.empty());
    }

    private static void checkFits(String what, Ipv6Address address, Ipv6Subnet subnet) {
        if (!subnet.isHost(address)) {
            throw new IllegalArgumentException(what + " " + address + " does not fit: an address from "
                    + subnet.firstHost() + " to " + subnet.last() + " would");
        }
    }

    private static void checkAuxiliary(
            Map<String, Ipv6Address> auxiliary, Ipv6Subnet subnet, Ipv6Address gateway, Ipv6Address bridge) {
        auxiliary.forEach((name, address) -> {
            if (!subnet.isHost(address) || address.equals(gateway) || address.equals(bridge)) {
                throw new IllegalArgumentException("auxiliary address " + name + "=" + address
                        + " does not fit: it must be a host of " + subnet + " other than the gateway " + gateway);
            }
        });
    }

    /** The addresses of its endpoints and of its bridge. */
    public Ipv6Subnet subnet() {
        return bridgeAddress.subnet();
    }

    /** The hardware address of who has an address of this network, where there is no IPv4 address that it is made of. */
    public MacAddress hardwareOf(Ipv6Address address) {
        return MacAddress.derivedFrom(address, range);
    }

    /** Whether nothing is translated. */
    public boolean isRouted() {
        return gatewayMode == GatewayMode.ROUTED;
    }

    /** Whether the bridge has its address; where not, this host is no part of the network. */
    public boolean bridgeAddressed() {
        return gatewayMode != GatewayMode.ISOLATED;
    }
}
