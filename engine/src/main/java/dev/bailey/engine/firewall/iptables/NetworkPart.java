package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import java.util.Optional;

/**
 * A network as the tables of one family see it.
 *
 * @param policy the network
 * @param subnet its addresses of the family; empty where it has none, and nothing of the family is let in or out
 * @param mode how packets of the family pass
 * @param sourceAddress the address that they leave with instead of the uplink's
 */
record NetworkPart(
        NetworkPolicy policy, Optional<IpSubnet> subnet, GatewayMode mode, Optional<IpAddress> sourceAddress) {
    static NetworkPart of(NetworkPolicy network, IpFamily family) {
        NetworkOptions options = network.options();
        return switch (family) {
            case IPV4 ->
                new NetworkPart(
                        network,
                        network.subnet().map(subnet -> subnet),
                        options.gatewayMode(),
                        options.sourceAddress().map(address -> address));
            case IPV6 ->
                new NetworkPart(
                        network,
                        network.ipv6().map(NetworkIpv6::subnet),
                        network.ipv6().map(NetworkIpv6::gatewayMode).orElse(options.gatewayMode()),
                        network.ipv6().flatMap(NetworkIpv6::sourceAddress).map(address -> address));
        };
    }

    InterfaceName bridge() {
        return policy.bridge();
    }

    NetworkOptions options() {
        return policy.options();
    }

    boolean internal() {
        return options().internal();
    }

    /** Whether what is published is open at the containers' own addresses alone. */
    boolean isRouted() {
        return mode == GatewayMode.ROUTED && !internal();
    }

    /** Whether nothing of the family leaves, whatever is sent: without IPv6, IPv6 is off on the bridge itself. */
    boolean isShut(IpFamily family) {
        return internal() || family == IpFamily.IPV4 && subnet.isEmpty();
    }

    /** Whether packets leave with an address of the host. */
    boolean isTranslated() {
        return options().masquerade() && !internal() && mode != GatewayMode.ROUTED;
    }

    /** Whether ports of its containers are looked for at their own addresses. */
    boolean opens() {
        return subnet.isPresent()
                && (isRouted()
                        || mode == GatewayMode.NAT
                                && !options().trustedInterfaces().isEmpty());
    }
}
