package dev.bailey.engine.plan;

import dev.bailey.engine.DefaultIpv6;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.ipam.Ipv6SubnetChoice;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv6;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The IPv6 part of the default network: which one it is to be. */
final class DefaultNetworkIpv6 {
    private final DefaultIpv6 wanted;
    private final List<Ipv6Pool> pools;
    private final Collection<Network> others;
    private final HostView host;

    /**
     * Chooses among what there is.
     *
     * @param pools where a free subnet is looked for
     * @param others the other networks
     */
    DefaultNetworkIpv6(DefaultIpv6 wanted, List<Ipv6Pool> pools, Collection<Network> others, HostView host) {
        this.wanted = wanted;
        this.pools = pools;
        this.others = others;
        this.host = host;
    }

    /**
     * Returns the part of a network on this bridge.
     *
     * @param before what it was, where it had one
     * @throws EngineException CONFLICT when the bridge is the operator's and has no address; INVALID_ARGUMENT when the parts
     *     do not fit each other; other refusals come as from the choice of subnets
     */
    NetworkIpv6 on(String bridge, BridgeOwner owner, Optional<NetworkIpv6> before) {
        Ipv6InterfaceAddress address = switch (owner) {
            case ENGINE -> ownAddress(before);
            case OPERATOR -> addressOf(bridge);
        };
        Ipv6Subnet subnet = address.subnet();
        Ipv6Address gateway = wanted.gateway().orElse(address.address());
        Ipv6Subnet range = wanted.range().orElse(subnet);
        if (!subnet.contains(range)) {
            throw doesNotFit("the range " + range + " is no part of the default network's IPv6 subnet " + subnet
                    + " on " + bridge);
        }
        if (!subnet.isHost(gateway)) {
            throw doesNotFit("the gateway " + gateway + " is no address of a host in the default network's IPv6 subnet "
                    + subnet + " on " + bridge);
        }
        try {
            return new NetworkIpv6(address, range, gateway, Map.of(), GatewayMode.NAT, Optional.empty());
        } catch (IllegalArgumentException bad) {
            throw doesNotFit("the default network's IPv6 part does not fit: " + bad.getMessage());
        }
    }

    private Ipv6InterfaceAddress ownAddress(Optional<NetworkIpv6> before) {
        return wanted.bridgeAddress()
                .or(() -> before.map(NetworkIpv6::bridgeAddress).filter(this::fits))
                .or(() -> wanted.range().map(DefaultNetworkIpv6::first))
                .orElseGet(() -> first(Ipv6SubnetChoice.firstFree(pools, FreeSubnets.usedOfIpv6(others, host))));
    }

    private boolean fits(Ipv6InterfaceAddress address) {
        return wanted.range().isPresent()
                ? wanted.range().stream().allMatch(address.subnet()::contains)
                : pools.stream().anyMatch(pool -> pool.base().contains(address.subnet()));
    }

    private static Ipv6InterfaceAddress first(Ipv6Subnet subnet) {
        return new Ipv6InterfaceAddress(subnet.firstHost(), subnet.prefixLength());
    }

    /** A bridge of the operator's has to have one. */
    private Ipv6InterfaceAddress addressOf(String bridge) {
        List<Ipv6InterfaceAddress> global = host.link(bridge).stream()
                .map(HostLink::ipv6Addresses)
                .flatMap(List::stream)
                .filter(each -> !each.address().isLinkLocal())
                .filter(each -> wanted.range().stream().allMatch(each.subnet()::contains))
                .toList();
        if (global.size() != 1) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "bridge " + bridge + " has " + (global.isEmpty() ? "no IPv6 address" : global)
                            + (wanted.range().isEmpty()
                                    ? ""
                                    : " in " + wanted.range().get())
                            + ": IPv6 on it needs exactly one beside that on the link (ip addr add fd00:1::1/64 dev "
                            + bridge + "), or say by a range (--fixed-cidr-v6) which one is meant");
        }
        return global.getFirst();
    }

    private static EngineException doesNotFit(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
