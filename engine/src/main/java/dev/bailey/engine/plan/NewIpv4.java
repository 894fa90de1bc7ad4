package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.Ipv4Request;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.SubnetChoice;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.Subnet;
import java.util.Collection;
import java.util.List;

/** The IPv4 part of a network that a user asks for: what it is to be like, or why it cannot be. */
final class NewIpv4 {
    private static final Subnet THIS_HOST = Subnet.parse("0.0.0.0/8");
    private static final Subnet LOOPBACK = Subnet.parse("127.0.0.0/8");
    private static final Subnet MULTICAST_AND_ABOVE = Subnet.parse("224.0.0.0/3");

    private final Ipv4Request request;
    private final Around around;

    private NewIpv4(Ipv4Request request, Around around) {
        this.request = request;
        this.around = around;
    }

    /**
     * What it has to fit into.
     *
     * @param used the addresses that are taken: of networks that are there or on their way out, and of the host
     * @param pools where a free subnet is looked for
     */
    record Around(Collection<UsedRange> used, List<AddressPool> pools) {
        /** Copies the lists. */
        Around {
            used = List.copyOf(used);
            pools = List.copyOf(pools);
        }
    }

    /**
     * Returns the part; O(what is used × its logarithm).
     *
     * @param mode how IPv4 packets pass: of a network that is isolated the bridge has no address
     * @throws EngineException INVALID_ARGUMENT or CONFLICT; other refusals come as from the model and the choice of subnets
     */
    static NetworkIpv4 of(Ipv4Request request, GatewayMode mode, Around around) {
        return new NewIpv4(request, around).part(mode);
    }

    private NetworkIpv4 part(GatewayMode mode) {
        Subnet subnet = subnet();
        Ipv4Address gateway = request.gateway().orElseGet(() -> firstFreeHost(subnet));
        if (!subnet.isUnicast(gateway)) {
            throw invalid("gateway " + gateway + " does not fit: an address from " + subnet.firstHost() + " to "
                    + subnet.lastHost() + " would");
        }
        boolean addressed = request.bridgeAddressed() && mode != GatewayMode.ISOLATED;
        return new NetworkIpv4(
                new InterfaceAddress(gateway, subnet.prefixLength()),
                request.range().orElse(subnet),
                gateway,
                request.auxiliary(),
                addressed,
                addressed || request.gateway().isPresent());
    }

    private Subnet subnet() {
        Subnet wanted = request.subnet().orElse(null);
        if (wanted == null) {
            return SubnetChoice.firstFree(around.pools(), around.used());
        }
        int length = wanted.prefixLength();
        if (length < AddressPool.MIN_SIZE || length > AddressPool.MAX_SIZE) {
            throw invalid("subnet " + wanted + " does not fit a network: its prefix length goes from "
                    + AddressPool.MIN_SIZE + " to " + AddressPool.MAX_SIZE);
        }
        if (wanted.base().bits() == 0) {
            return SubnetChoice.firstFree(inBlocksOf(length), around.used());
        }
        if (THIS_HOST.overlaps(wanted) || LOOPBACK.overlaps(wanted) || MULTICAST_AND_ABOVE.overlaps(wanted)) {
            throw invalid("subnet " + wanted + " does not fit a network: its addresses cannot be those of hosts, choose"
                    + " one like 10.9.0.0/24");
        }
        SubnetChoice.collision(wanted, around.used()).ifPresent(taken -> {
            throw new EngineException(
                    ErrorCode.CONFLICT, "subnet " + wanted + " overlaps " + taken + ": choose another");
        });
        return wanted;
    }

    private List<AddressPool> inBlocksOf(int length) {
        List<AddressPool> pools = around.pools().stream()
                .map(AddressPool::base)
                .filter(base -> base.prefixLength() <= length)
                .map(base -> new AddressPool(base, length))
                .toList();
        if (pools.isEmpty()) {
            throw invalid("no address pool has room for a block of /" + length + ": name the subnet");
        }
        return pools;
    }

    private Ipv4Address firstFreeHost(Subnet subnet) {
        Ipv4Address host = subnet.firstHost();
        while (request.auxiliary().containsValue(host)) {
            host = host.plus(1);
        }
        return host;
    }

    private static EngineException invalid(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
