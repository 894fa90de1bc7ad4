package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.ipam.SubnetChoice;
import dev.bailey.engine.ipam.UsedIpv6Range;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.kernel.HostIpv6Ranges;
import dev.bailey.engine.kernel.HostRanges;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The subnets that neither a network nor anything on a host nor one of its nameservers uses; pure. */
public final class FreeSubnets {
    private static final String SOME_LINK = "a link";

    private FreeSubnets() {}

    /** The first one of the pools, by the address that a bridge gets in it. */
    static InterfaceAddress first(List<AddressPool> pools, List<UsedRange> used) {
        try {
            List<AddressPool> from = pools.isEmpty() ? AddressPool.DEFAULTS : pools;
            Subnet subnet = SubnetChoice.firstFree(from, used);
            return new InterfaceAddress(subnet.firstHost(), subnet.prefixLength());
        } catch (IpamException refusal) {
            throw new EngineException(ErrorCode.EXHAUSTED, String.valueOf(refusal.getMessage()), refusal);
        }
    }

    /** Returns what networks use, and nameservers, and a host by the names of its links; O(their number). */
    public static List<UsedRange> used(Collection<Network> networks, List<Ipv4Address> nameservers, HostView host) {
        List<UsedRange> used = used(networks, nameservers);
        for (HostLink link : host.links()) {
            link.addresses()
                    .forEach(address ->
                            used.add(new UsedRange(address.subnet(), UsedRange.Reason.LINK_ADDRESS, link.name())));
        }
        var names = host.links().stream().collect(Collectors.toMap(HostLink::index, HostLink::name));
        host.routes()
                .forEach(route -> used.add(new UsedRange(
                        route.destination(), UsedRange.Reason.ROUTE, names.getOrDefault(route.link(), "nowhere"))));
        return used;
    }

    /** Returns what networks use, and nameservers, and a host whose links are not known by name; O(their number). */
    public static List<UsedRange> used(Collection<Network> networks, List<Ipv4Address> nameservers, HostRanges host) {
        List<UsedRange> used = used(networks, nameservers);
        host.addresses().forEach(each -> used.add(new UsedRange(each, UsedRange.Reason.LINK_ADDRESS, SOME_LINK)));
        host.routes().forEach(each -> used.add(new UsedRange(each, UsedRange.Reason.ROUTE, SOME_LINK)));
        return used;
    }

    /** Returns the IPv6 addresses that networks use, and a host by the names of its links; O(their number). */
    public static List<UsedIpv6Range> usedOfIpv6(Collection<Network> networks, HostView host) {
        List<UsedIpv6Range> used = usedOfIpv6(networks);
        for (HostLink link : host.links()) {
            link.ipv6Addresses()
                    .forEach(address ->
                            used.add(new UsedIpv6Range(address.subnet(), UsedRange.Reason.LINK_ADDRESS, link.name())));
        }
        var names = host.links().stream().collect(Collectors.toMap(HostLink::index, HostLink::name));
        host.ipv6Routes()
                .forEach(route -> used.add(new UsedIpv6Range(
                        route.destination(), UsedRange.Reason.ROUTE, names.getOrDefault(route.link(), "nowhere"))));
        return used;
    }

    /** Returns the IPv6 addresses that networks use, and a host whose links are not known by name; O(their number). */
    public static List<UsedIpv6Range> usedOfIpv6(Collection<Network> networks, HostIpv6Ranges host) {
        List<UsedIpv6Range> used = usedOfIpv6(networks);
        host.addresses().forEach(each -> used.add(new UsedIpv6Range(each, UsedRange.Reason.LINK_ADDRESS, SOME_LINK)));
        host.routes().forEach(each -> used.add(new UsedIpv6Range(each, UsedRange.Reason.ROUTE, SOME_LINK)));
        return used;
    }

    private static List<UsedIpv6Range> usedOfIpv6(Collection<Network> networks) {
        List<UsedIpv6Range> used = new ArrayList<>();
        networks.forEach(network -> network.ipv6()
                .ifPresent(
                        part -> used.add(new UsedIpv6Range(part.subnet(), UsedRange.Reason.NETWORK, network.name()))));
        return used;
    }

    private static List<UsedRange> used(Collection<Network> networks, List<Ipv4Address> nameservers) {
        List<UsedRange> used = new ArrayList<>();
        networks.forEach(network -> network.ipv4()
                .ifPresent(part -> used.add(new UsedRange(part.subnet(), UsedRange.Reason.NETWORK, network.name()))));
        Set.copyOf(nameservers)
                .forEach(server -> used.add(
                        new UsedRange(new Subnet(server, 32), UsedRange.Reason.NAMESERVER, server.toString())));
        return used;
    }
}
