package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Subnet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Bridges that operators made, as networks use them. */
final class OperatorBridges {
    private OperatorBridges() {}

    /**
     * The bridge of that name.
     *
     * @throws EngineException NOT_FOUND when nothing has the name, CONFLICT when it is no bridge
     */
    static HostLink named(InterfaceName name, HostView host) {
        HostLink link = host.link(name.value())
                .orElseThrow(() -> new EngineException(
                        ErrorCode.NOT_FOUND,
                        "bridge " + name + " does not exist: one of your own must be there before the daemon starts,"
                                + " make it (ip link add " + name + " type bridge) and give it an address"));
        if (link.kind() != LinkKind.BRIDGE) {
            throw new EngineException(
                    ErrorCode.CONFLICT, "link " + name + " is not a bridge: name one that is, or rename the link");
        }
        return link;
    }

    /**
     * The address of a bridge that a network takes over: of the subnet that the range lies in, else the only one, else the
     * one known from before. Further addresses in a subnet do not count.
     *
     * @throws EngineException CONFLICT when there is none or no telling which, or when it leaves no room for endpoints
     */
    static InterfaceAddress address(HostLink bridge, Optional<Subnet> range, Optional<InterfaceAddress> known) {
        Collection<InterfaceAddress> addresses = firstOfEachSubnet(bridge);
        if (addresses.isEmpty()) {
            throw conflict("bridge " + bridge.name()
                    + " has no IPv4 address: give it one (ip addr add 10.100.1.1/24 dev " + bridge.name() + ")");
        }
        List<InterfaceAddress> fitting = addresses.stream()
                .filter(each -> range.isEmpty() || each.subnet().contains(range.get()))
                .toList();
        if (fitting.isEmpty()) {
            throw conflict("the range " + range.get() + " lies in no subnet of bridge " + bridge.name() + ", which has "
                    + text(addresses));
        }
        if (fitting.size() > 1 && known.filter(fitting::contains).isEmpty()) {
            throw conflict("bridge " + bridge.name() + " has addresses in " + fitting.size() + " subnets, "
                    + text(fitting) + ": take all but one away, or say by a range (--fixed-cidr) which one is meant");
        }
        return checked(fitting.size() == 1 ? fitting.getFirst() : known.orElseThrow(), bridge);
    }

    private static InterfaceAddress checked(InterfaceAddress address, HostLink bridge) {
        int length = address.prefixLength();
        if (length < AddressPool.MIN_SIZE || length > AddressPool.MAX_SIZE) {
            throw conflict("bridge " + bridge.name() + " has the address " + address
                    + ", which leaves no usable subnet: its prefix length can be " + AddressPool.MIN_SIZE + " to "
                    + AddressPool.MAX_SIZE);
        }
        if (!address.subnet().isUnicast(address.address())) {
            throw conflict("bridge " + bridge.name() + " has the address " + address
                    + ", to which broadcasts go: give it another of " + address.subnet());
        }
        return address;
    }

    private static Collection<InterfaceAddress> firstOfEachSubnet(HostLink bridge) {
        Map<Subnet, InterfaceAddress> bySubnet = new LinkedHashMap<>();
        bridge.addresses().forEach(address -> bySubnet.putIfAbsent(address.subnet(), address));
        return bySubnet.values();
    }

    private static String text(Collection<InterfaceAddress> addresses) {
        return addresses.stream().map(InterfaceAddress::toString).collect(Collectors.joining(" and "));
    }

    private static EngineException conflict(String message) {
        return new EngineException(ErrorCode.CONFLICT, message);
    }
}
