package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.ipam.SubnetChoice;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.uplink.Uplinks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The network that endpoints join when none is asked for: which one it is to be. */
public final class DefaultNetwork {
    /** The name of its bridge. */
    public static final InterfaceName BRIDGE = new InterfaceName("bailey0");

    private DefaultNetwork() {}

    /**
     * What is wanted of it at start.
     *
     * @param bridgeAddress the bridge's address; empty to keep what is there, or else for the first free subnet
     * @param mtuBytes its MTU in bytes; empty for the smallest of the uplinks
     * @param pools where a free subnet is looked for; empty for the built-in pools
     * @param nameservers the addresses of the nameservers that the host asks, which a subnet must not cover
     */
    public record Wanted(
            Optional<InterfaceAddress> bridgeAddress,
            OptionalInt mtuBytes,
            List<AddressPool> pools,
            List<Ipv4Address> nameservers) {
        /** Copies the lists. */
        public Wanted {
            pools = pools.isEmpty() ? AddressPool.DEFAULTS : List.copyOf(pools);
            nameservers = List.copyOf(nameservers);
        }
    }

    /**
     * Returns the default network: the remembered one where it is as wanted, else another, which may have the remembered
     * one's id. A bridge of its name that carries an address already, from before the store was lost, keeps it.
     *
     * @param remembered what the store remembers of it
     * @param endpoints the endpoints on it
     * @throws EngineException CONFLICT when the wanted address is another and there are endpoints; EXHAUSTED when no
     *     subnet is free
     */
    public static Network choose(
            Optional<Network> remembered, Collection<Endpoint> endpoints, HostView host, Wanted wanted) {
        int mtuBytes = wanted.mtuBytes().orElseGet(() -> Uplinks.mtuBytes(host));
        if (remembered.isPresent() && isAsWanted(remembered.get(), wanted)) {
            return withMtu(remembered.get(), mtuBytes);
        }
        if (remembered.isPresent() && !endpoints.isEmpty()) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "the default network has " + endpoints.size() + " endpoints on "
                            + remembered.get().subnet() + ": detach them before it gets the address "
                            + wanted.bridgeAddress()
                                    .map(InterfaceAddress::toString)
                                    .orElse(""));
        }
        InterfaceAddress address =
                wanted.bridgeAddress().or(() -> present(host)).orElseGet(() -> firstFree(host, wanted));
        return new Network(
                remembered.map(Network::id).orElseGet(NetworkId::random),
                Network.DEFAULT_NAME,
                BRIDGE,
                address.subnet(),
                address.address(),
                mtuBytes,
                NetworkOptions.DEFAULT);
    }

    private static boolean isAsWanted(Network network, Wanted wanted) {
        return wanted.bridgeAddress().map(network.gatewayAddress()::equals).orElse(true);
    }

    private static Network withMtu(Network network, int mtuBytes) {
        return new Network(
                network.id(),
                network.name(),
                network.bridge(),
                network.subnet(),
                network.gateway(),
                mtuBytes,
                network.options());
    }

    private static Optional<InterfaceAddress> present(HostView host) {
        return host.link(BRIDGE.value())
                .flatMap(link -> link.addresses().stream().findFirst());
    }

    private static InterfaceAddress firstFree(HostView host, Wanted wanted) {
        try {
            Subnet subnet = SubnetChoice.firstFree(wanted.pools(), used(host, wanted.nameservers()));
            return new InterfaceAddress(subnet.firstHost(), subnet.prefixLength());
        } catch (IpamException refusal) {
            throw new EngineException(ErrorCode.EXHAUSTED, String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private static List<UsedRange> used(HostView host, List<Ipv4Address> nameservers) {
        List<UsedRange> used = new ArrayList<>();
        for (HostLink link : host.links()) {
            link.addresses()
                    .forEach(address ->
                            used.add(new UsedRange(address.subnet(), UsedRange.Reason.LINK_ADDRESS, link.name())));
        }
        var names = host.links().stream().collect(Collectors.toMap(HostLink::index, HostLink::name));
        host.routes()
                .forEach(route -> used.add(new UsedRange(
                        route.destination(), UsedRange.Reason.ROUTE, names.getOrDefault(route.link(), "nowhere"))));
        Set.copyOf(nameservers)
                .forEach(server -> used.add(
                        new UsedRange(new Subnet(server, 32), UsedRange.Reason.NAMESERVER, server.toString())));
        return used;
    }
}
