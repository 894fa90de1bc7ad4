package dev.bailey.engine.plan;

import dev.bailey.engine.BridgeChoice;
import dev.bailey.engine.DefaultNetworkOptions;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.uplink.Uplinks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The network that endpoints join when none is asked for: which one it is to be. */
public final class DefaultNetwork {
    /** The name of the bridge that the engine makes for it. */
    public static final InterfaceName BRIDGE = new InterfaceName("bailey0");

    private final List<Network> remembered;
    private final Collection<Endpoint> endpoints;
    private final HostView host;
    private final Wanted wanted;

    private DefaultNetwork(List<Network> remembered, Collection<Endpoint> endpoints, HostView host, Wanted wanted) {
        this.remembered = remembered;
        this.endpoints = endpoints;
        this.host = host;
        this.wanted = wanted;
    }

    /**
     * What is wanted of it at start.
     *
     * @param options what is set of it
     * @param pools where a free subnet is looked for; empty for the built-in pools
     * @param nameservers the addresses of the nameservers that the host asks, which a free subnet does not cover
     * @param ipv6Pools where a free IPv6 subnet is looked for, where the network is to have IPv6
     */
    public record Wanted(
            DefaultNetworkOptions options,
            List<AddressPool> pools,
            List<Ipv4Address> nameservers,
            List<Ipv6Pool> ipv6Pools) {
        /** Copies the lists. */
        public Wanted {
            pools = List.copyOf(pools);
            nameservers = List.copyOf(nameservers);
            ipv6Pools = List.copyOf(ipv6Pools);
        }

        /** What is wanted of one of IPv4 alone. */
        public Wanted(DefaultNetworkOptions options, List<AddressPool> pools, List<Ipv4Address> nameservers) {
            this(options, pools, nameservers, List.of());
        }
    }

    /**
     * Returns the networks as they should be: the remembered ones, among them the default network where one is wanted. It
     * keeps what it was as far as that is as wanted, and its subnet as long as that lies in the pools that are set. Where it is to be on another bridge, the one before is retired and
     * keeps its endpoints; one that was retired earlier comes back where its bridge is wanted again. A bridge of the
     * engine's that carries an address already, from before the store was lost, keeps it. Pure, O(networks + endpoints +
     * what the host has).
     *
     * @param remembered every network that the store remembers
     * @param endpoints every endpoint
     * @throws EngineException when the wanted bridge cannot be used, CONFLICT when endpoints are in the way of a change,
     *     INVALID_ARGUMENT when the parts do not fit each other, EXHAUSTED when no subnet is free
     */
    public static List<Network> choose(
            List<Network> remembered, Collection<Endpoint> endpoints, HostView host, Wanted wanted) {
        return new DefaultNetwork(remembered, endpoints, host, wanted).networks();
    }

    private List<Network> networks() {
        Optional<Network> now = switch (wanted.options().bridge()) {
            case BridgeChoice.EngineBridge(Optional<InterfaceAddress> address) -> Optional.of(onEngineBridge(address));
            case BridgeChoice.OperatorBridge(InterfaceName name) -> Optional.of(onOperatorBridge(name));
            case BridgeChoice.NoBridge() -> Optional.empty();
        };
        List<Network> networks = new ArrayList<>();
        for (Network each : remembered) {
            boolean continued = now.map(Network::id).equals(Optional.of(each.id()));
            if (!continued) {
                networks.add(each.name().equals(Network.DEFAULT_NAME) ? each.retire() : each);
            }
        }
        now.ifPresent(network -> {
            networks.forEach(other -> checkApart(network, other));
            networks.add(network);
        });
        return networks;
    }

    private void checkApart(Network network, Network other) {
        network.ipv6().ifPresent(part -> checkApart(part, other));
        Subnet own = network.ipv4().orElseThrow().subnet();
        Optional<Subnet> overlapping = other.ipv4().map(NetworkIpv4::subnet).filter(theirs -> theirs.overlaps(own));
        if (!endpointsOn(other).isEmpty() && overlapping.isPresent()) {
            throw conflict("the default network's subnet " + own + " on " + network.bridge() + " overlaps "
                    + overlapping.get() + " on " + other.bridge() + ", which still has " + count(endpointsOn(other))
                    + ": stop what is left there, or choose another subnet");
        }
    }

    private static void checkApart(NetworkIpv6 part, Network other) {
        other.ipv6().filter(theirs -> theirs.subnet().overlaps(part.subnet())).ifPresent(theirs -> {
            throw conflict("the default network's IPv6 subnet " + part.subnet() + " overlaps " + theirs.subnet()
                    + " of network " + other.name() + ": choose another");
        });
    }

    private Network onEngineBridge(Optional<InterfaceAddress> wantedAddress) {
        Optional<Network> before = before(BRIDGE, BridgeOwner.ENGINE);
        Optional<InterfaceAddress> had = bridgeAddress(before);
        InterfaceAddress address = wantedAddress
                .or(() -> had.filter(this::fits))
                .or(() -> present().filter(this::fits))
                .or(this::ofRange)
                .orElseGet(() -> free(before));
        if (before.isPresent() && !had.equals(Optional.of(address))) {
            refuseEndpoints(before.get(), address);
        }
        int mtuBytes = wanted.options().mtuBytes().orElseGet(() -> Uplinks.mtuBytes(host));
        return network(before, BRIDGE, BridgeOwner.ENGINE, address, mtuBytes);
    }

    private static Optional<InterfaceAddress> bridgeAddress(Optional<Network> network) {
        return network.flatMap(Network::ipv4).map(NetworkIpv4::bridgeAddress);
    }

    private InterfaceAddress free(Optional<Network> before) {
        return FreeSubnets.first(wanted.pools(), FreeSubnets.used(others(before), wanted.nameservers(), host));
    }

    /** Whether an address that is there already is one that is wanted. */
    private boolean fits(InterfaceAddress address) {
        boolean ofPools = wanted.pools().isEmpty()
                || wanted.pools().stream().anyMatch(pool -> pool.base().contains(address.subnet()));
        return ofPools && wanted.options().range().stream().allMatch(address.subnet()::contains);
    }

    /** A range and nothing else makes a network of that size, as with Docker. */
    private Optional<InterfaceAddress> ofRange() {
        return wanted.options()
                .range()
                .filter(range -> range.prefixLength() <= AddressPool.MAX_SIZE)
                .map(range -> new InterfaceAddress(range.firstHost(), range.prefixLength()));
    }

    private Optional<InterfaceAddress> present() {
        return host.link(BRIDGE.value())
                .flatMap(link -> link.addresses().stream().findFirst());
    }

    private Network onOperatorBridge(InterfaceName name) {
        if (name.equals(BRIDGE)) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " is the name of the bridge that the daemon makes itself: leave it out to have that one, or"
                            + " name one of your own");
        }
        remembered.stream()
                .filter(each -> each.bridge().equals(name) && each.owner() == BridgeOwner.ENGINE)
                .findFirst()
                .ifPresent(owner -> {
                    throw conflict("bridge " + name + " belongs to network " + owner.name() + ": name another");
                });
        HostLink bridge = OperatorBridges.named(name, host);
        Optional<Network> before = before(name, BridgeOwner.OPERATOR);
        InterfaceAddress address =
                OperatorBridges.address(bridge, wanted.options().range(), bridgeAddress(before));
        if (before.isPresent()
                && !bridgeAddress(before).map(InterfaceAddress::subnet).equals(Optional.of(address.subnet()))) {
            refuseEndpoints(before.get(), address);
        }
        int mtuBytes = wanted.options().mtuBytes().orElseGet(() -> Math.min(Uplinks.mtuBytes(host), bridge.mtuBytes()));
        return network(before, name, BridgeOwner.OPERATOR, address, mtuBytes);
    }

    private Optional<Network> before(InterfaceName bridge, BridgeOwner owner) {
        return remembered.stream()
                .filter(each -> each.bridge().equals(bridge) && each.owner() == owner)
                .findFirst();
    }

    private void refuseEndpoints(Network before, InterfaceAddress address) {
        if (!endpointsOn(before).isEmpty()) {
            throw conflict("the network on " + before.bridge() + " has " + count(endpointsOn(before)) + " in "
                    + before.ipv4().orElseThrow().subnet() + ": nothing may be left there before it gets the address "
                    + address);
        }
    }

    private Network network(
            Optional<Network> before, InterfaceName bridge, BridgeOwner owner, InterfaceAddress address, int mtuBytes) {
        Subnet subnet = address.subnet();
        Subnet range = wanted.options().range().orElse(subnet);
        Ipv4Address gateway = wanted.options().gateway().orElse(address.address());
        if (!subnet.contains(range)) {
            throw doesNotFit(
                    "the range " + range + " is no part of the default network's subnet " + subnet + " on " + bridge);
        }
        if (!subnet.isUnicast(gateway)) {
            throw doesNotFit("the gateway " + gateway + " is no address of a host in the default network's subnet "
                    + subnet + " on " + bridge);
        }
        before.ifPresent(network -> refuseHolders(network, address.address(), gateway));
        return new Network(
                before.map(Network::id).orElseGet(NetworkId::random),
                Network.DEFAULT_NAME,
                bridge,
                owner,
                Optional.of(new NetworkIpv4(address, range, gateway)),
                mtuBytes,
                wanted.options().options(),
                false,
                before.map(Network::details).orElse(NetworkDetails.NONE),
                ipv6(before, bridge, owner));
    }

    private Optional<NetworkIpv6> ipv6(Optional<Network> before, InterfaceName bridge, BridgeOwner owner) {
        Optional<NetworkIpv6> was = before.flatMap(Network::ipv6);
        Optional<NetworkIpv6> becomes;
        try {
            becomes = wanted.options()
                    .ipv6()
                    .map(part -> new DefaultNetworkIpv6(part, wanted.ipv6Pools(), others(before), host)
                            .on(bridge.value(), owner, was));
        } catch (IpamException refusal) {
            throw new EngineException(ErrorCode.EXHAUSTED, String.valueOf(refusal.getMessage()), refusal);
        }
        before.ifPresent(network -> refuseIpv6Holders(network, becomes));
        return becomes;
    }

    /** An endpoint keeps its IPv6 address as long as it is there. */
    private void refuseIpv6Holders(Network network, Optional<NetworkIpv6> becomes) {
        for (Endpoint endpoint : endpointsOn(network)) {
            endpoint.ipv6()
                    .map(part -> part.address().address())
                    .filter(held -> becomes.filter(part -> part.subnet().isHost(held)
                                    && !part.bridgeAddress().address().equals(held)
                                    && !part.gateway().equals(held))
                            .isEmpty())
                    .ifPresent(held -> {
                        throw conflict("endpoint " + endpoint.id().shortForm() + " holds " + held
                                + ", which does not fit the default network's IPv6 part "
                                + becomes.map(part -> part.bridgeAddress().toString())
                                        .orElse("any more, as there is to be none")
                                + ": detach it first");
                    });
        }
    }

    private List<Network> others(Optional<Network> before) {
        return remembered.stream()
                .filter(each -> !before.equals(Optional.of(each)))
                .toList();
    }

    private void refuseHolders(Network network, Ipv4Address bridge, Ipv4Address gateway) {
        for (Endpoint endpoint : endpointsOn(network)) {
            Ipv4Address held = endpoint.ipv4().orElseThrow().address().address();
            if (held.equals(bridge) || held.equals(gateway)) {
                throw conflict(held + " cannot be the default network's " + (held.equals(bridge) ? "bridge" : "gateway")
                        + " address: endpoint " + endpoint.id().shortForm() + " holds it, detach that first");
            }
        }
    }

    private List<Endpoint> endpointsOn(Network network) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.network().equals(network.id()))
                .toList();
    }

    private static String count(List<Endpoint> endpoints) {
        return endpoints.size() == 1 ? "one endpoint" : endpoints.size() + " endpoints";
    }

    private static EngineException conflict(String message) {
        return new EngineException(ErrorCode.CONFLICT, message);
    }

    private static EngineException doesNotFit(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
