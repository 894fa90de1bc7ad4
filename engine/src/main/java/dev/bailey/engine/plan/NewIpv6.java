package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.ipam.Ipv6SubnetChoice;
import dev.bailey.engine.ipam.UsedIpv6Range;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkIpv6;
import java.util.Collection;
import java.util.List;

/** The IPv6 part of a network that a user asks for: what it is to be like, or why it cannot be. */
final class NewIpv6 {
    private static final Ipv6Subnet MULTICAST = Ipv6Subnet.parse("ff00::/8");
    private static final Ipv6Subnet LINK_LOCAL = Ipv6Subnet.parse("fe80::/10");
    /** ::, ::1, addresses of IPv4 in the form of IPv6 and what was meant to become such (RFC 4291). */
    private static final Ipv6Subnet ZEROS = Ipv6Subnet.parse("::/64");

    private final Ipv6Request request;
    private final Around around;

    private NewIpv6(Ipv6Request request, Around around) {
        this.request = request;
        this.around = around;
    }

    /**
     * What it has to fit into.
     *
     * @param used the addresses that are taken: of networks that are there or on their way out, and of the host
     * @param pools where a free subnet is looked for
     */
    record Around(Collection<UsedIpv6Range> used, List<Ipv6Pool> pools) {
        /** Copies the lists. */
        Around {
            used = List.copyOf(used);
            pools = List.copyOf(pools);
        }
    }

    /**
     * Returns the part; O(what is used × its logarithm).
     *
     * @throws EngineException INVALID_ARGUMENT or CONFLICT; other refusals come as from the model and the choice of subnets
     */
    static NetworkIpv6 of(Ipv6Request request, Around around) {
        return new NewIpv6(request, around).part();
    }

    private NetworkIpv6 part() {
        Ipv6Subnet subnet = subnet();
        Ipv6Address gateway = request.gateway().orElseGet(() -> firstFreeHost(subnet));
        return new NetworkIpv6(
                new Ipv6InterfaceAddress(gateway, subnet.prefixLength()),
                request.range().orElse(subnet),
                gateway,
                request.auxiliary(),
                request.gatewayMode(),
                request.sourceAddress());
    }

    private Ipv6Subnet subnet() {
        Ipv6Subnet wanted = request.subnet().orElse(null);
        if (wanted == null) {
            return Ipv6SubnetChoice.firstFree(around.pools(), around.used());
        }
        int length = wanted.prefixLength();
        if (length < Ipv6Pool.MIN_SIZE || length > Ipv6Pool.MAX_SIZE) {
            throw invalid("subnet " + wanted + " does not fit a network: its prefix length goes from "
                    + Ipv6Pool.MIN_SIZE + " to " + Ipv6Pool.MAX_SIZE);
        }
        if (wanted.base().equals(Ipv6Address.ANY)) {
            return Ipv6SubnetChoice.firstFree(inBlocksOf(length), around.used());
        }
        if (MULTICAST.overlaps(wanted) || LINK_LOCAL.overlaps(wanted) || ZEROS.overlaps(wanted)) {
            throw invalid("subnet " + wanted + " does not fit a network: its addresses cannot be those of hosts, choose"
                    + " one like fd00:1::/64");
        }
        Ipv6SubnetChoice.collision(wanted, around.used()).ifPresent(taken -> {
            throw new EngineException(
                    ErrorCode.CONFLICT, "subnet " + wanted + " overlaps " + taken + ": choose another");
        });
        return wanted;
    }

    private List<Ipv6Pool> inBlocksOf(int length) {
        List<Ipv6Pool> pools = around.pools().stream()
                .map(Ipv6Pool::base)
                .filter(base -> base.prefixLength() <= length)
                .map(base -> new Ipv6Pool(base, length))
                .toList();
        if (pools.isEmpty()) {
            throw invalid("no address pool has room for an IPv6 block of /" + length + ": name the subnet");
        }
        return pools;
    }

    private Ipv6Address firstFreeHost(Ipv6Subnet subnet) {
        Ipv6Address host = subnet.firstHost();
        while (request.auxiliary().containsValue(host)) {
            host = host.plus(1);
        }
        return host;
    }

    private static EngineException invalid(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
