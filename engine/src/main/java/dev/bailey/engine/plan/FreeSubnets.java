package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.ipam.SubnetChoice;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The subnets that nothing on a host and none of its nameservers uses. */
final class FreeSubnets {
    private FreeSubnets() {}

    /** The first one of the pools, by the address that a bridge gets in it. */
    static InterfaceAddress first(List<AddressPool> pools, HostView host, List<Ipv4Address> nameservers) {
        try {
            List<AddressPool> from = pools.isEmpty() ? AddressPool.DEFAULTS : pools;
            Subnet subnet = SubnetChoice.firstFree(from, used(host, nameservers));
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
