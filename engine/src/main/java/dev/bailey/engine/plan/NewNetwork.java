package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.ipam.UsedIpv6Range;
import dev.bailey.engine.ipam.UsedRange;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A network that a user asks for: what it is to be like, or why it cannot be. */
public final class NewNetwork {
    /** Names that mean something of their own where a network is named. */
    private static final Set<String> PREDEFINED = Set.of(Network.DEFAULT_NAME, "host", "none", "default");

    private final NetworkRequest request;
    private final Around around;

    private NewNetwork(NetworkRequest request, Around around) {
        this.request = request;
        this.around = around;
    }

    /**
     * What the new network has to fit into.
     *
     * @param model the networks that there are
     * @param leaving the networks on their way out, which may turn out to stay
     * @param used the addresses that are taken: of networks that are there or on their way out, and of the host
     * @param pools where a free subnet is looked for; empty for the built-in pools
     * @param mtuBytes the MTU where none is asked for, in bytes
     * @param now the time
     * @param usedOfIpv6 the IPv6 addresses that are taken, where the request asks for some
     * @param ipv6Pools where a free IPv6 subnet is looked for, where the request asks for one
     */
    public record Around(
            Snapshot model,
            Collection<Network> leaving,
            Collection<UsedRange> used,
            List<AddressPool> pools,
            int mtuBytes,
            Instant now,
            Collection<UsedIpv6Range> usedOfIpv6,
            List<Ipv6Pool> ipv6Pools) {
        /** Copies the lists. */
        public Around {
            leaving = List.copyOf(leaving);
            used = List.copyOf(used);
            pools = pools.isEmpty() ? AddressPool.USER_DEFAULTS : List.copyOf(pools);
            usedOfIpv6 = List.copyOf(usedOfIpv6);
            ipv6Pools = List.copyOf(ipv6Pools);
        }

        /** What a network of IPv4 alone has to fit into. */
        public Around(
                Snapshot model,
                Collection<Network> leaving,
                Collection<UsedRange> used,
                List<AddressPool> pools,
                int mtuBytes,
                Instant now) {
            this(model, leaving, used, pools, mtuBytes, now, List.of(), List.of());
        }
    }

    /**
     * Returns the network; pure, O(what is used × its logarithm).
     *
     * @throws EngineException INVALID_ARGUMENT when the parts do not fit each other, CONFLICT when a name, a bridge or
     *     addresses are taken, naming the holder, EXHAUSTED when no subnet is free
     */
    public static Network of(NetworkRequest request, NetworkId id, Around around) {
        try {
            return new NewNetwork(request, around).network(id);
        } catch (IllegalArgumentException bad) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        } catch (IpamException refusal) {
            throw new EngineException(ErrorCode.EXHAUSTED, String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private Network network(NetworkId id) {
        refuseTakenName();
        InterfaceName bridge = request.bridge().orElseGet(() -> new InterfaceName("br-" + id.shortForm()));
        refuseTakenBridge(bridge);
        Network network = new Network(
                id,
                request.name(),
                bridge,
                BridgeOwner.ENGINE,
                request.ipv4()
                        .map(wanted -> NewIpv4.of(
                                wanted,
                                request.options().gatewayMode(),
                                new NewIpv4.Around(around.used(), around.pools()))),
                request.mtuBytes().orElse(around.mtuBytes()),
                request.options(),
                false,
                new NetworkDetails(
                        around.now(),
                        request.labels(),
                        request.interfacePrefix(),
                        request.mtuBytes().isPresent()),
                request.ipv6()
                        .map(wanted ->
                                NewIpv6.of(wanted, new NewIpv6.Around(around.usedOfIpv6(), around.ipv6Pools()))));
        NetworkPolicy.of(network);
        return network;
    }

    private void refuseTakenName() {
        if (PREDEFINED.contains(request.name().toLowerCase(Locale.ROOT))) {
            throw invalid("network " + request.name() + " cannot be created: the name has a meaning of its own, choose"
                    + " another");
        }
        around.model().networkNamed(request.name()).ifPresent(holder -> {
            throw conflict("network with name " + request.name() + " already exists, its id is "
                    + holder.id().shortForm() + ": choose another name");
        });
        around.leaving().stream()
                .filter(network -> network.name().equals(request.name()))
                .findFirst()
                .ifPresent(network -> {
                    throw conflict("network with name " + network.name() + " is being removed: try again");
                });
    }

    private void refuseTakenBridge(InterfaceName bridge) {
        if (bridge.equals(DefaultNetwork.BRIDGE)) {
            throw conflict("bridge " + bridge + " is that of the default network: name another");
        }
        around.model().networkOfBridge(bridge).ifPresent(holder -> {
            throw conflict("bridge " + bridge + " belongs to network " + holder.name() + ": name another");
        });
        around.leaving().stream()
                .filter(network -> network.bridge().equals(bridge))
                .findFirst()
                .ifPresent(network -> {
                    throw conflict("bridge " + bridge + " of network " + network.name()
                            + " is being removed: try again, or name another");
                });
    }

    private static EngineException conflict(String message) {
        return new EngineException(ErrorCode.CONFLICT, message);
    }

    private static EngineException invalid(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
