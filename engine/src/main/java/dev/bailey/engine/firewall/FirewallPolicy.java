package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Subnet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is to pass and what is not, for all networks of a host, without a word about how.
 *
 * @param networks the networks, ordered by their bridge's name; no two share a bridge or an address
 * @param acceptMark packets with this mark reach every network that is not internal
 */
public record FirewallPolicy(List<NetworkPolicy> networks, PacketMark acceptMark) {
    /** Orders the networks and checks that they are apart. */
    public FirewallPolicy {
        Objects.requireNonNull(acceptMark, "acceptMark");
        networks = networks.stream()
                .sorted(Comparator.comparing(network -> network.bridge().value()))
                .toList();
        checkApart(networks);
    }

    /** Whether one of the networks has IPv6. */
    boolean hasIpv6() {
        return networks.stream().anyMatch(network -> network.ipv6().isPresent());
    }

    /** The bridges of the networks. */
    public Set<InterfaceName> bridges() {
        return networks.stream().map(NetworkPolicy::bridge).collect(Collectors.toSet());
    }

    /** The policy of those networks alone that another policy has not just so. */
    FirewallPolicy unlike(FirewallPolicy other) {
        if (!acceptMark.equals(other.acceptMark)) {
            return this;
        }
        Map<InterfaceName, NetworkPolicy> others =
                other.networks.stream().collect(Collectors.toMap(NetworkPolicy::bridge, Function.identity()));
        List<NetworkPolicy> own = networks.stream()
                .filter(network -> !network.equals(others.get(network.bridge())))
                .toList();
        return new FirewallPolicy(own, acceptMark);
    }

    /** Compares neighbours in the order of subnets: of prefixes that overlap, two stand side by side. */
    private static void checkApart(List<NetworkPolicy> networks) {
        for (int i = 1; i < networks.size(); i++) {
            if (networks.get(i - 1).bridge().equals(networks.get(i).bridge())) {
                throw new IllegalArgumentException(
                        "two networks have the bridge " + networks.get(i).bridge());
            }
        }
        List<NetworkPolicy> bySubnet = networks.stream()
                .filter(network -> network.subnet().isPresent())
                .sorted(Comparator.comparing(FirewallPolicy::subnet))
                .toList();
        for (int i = 1; i < bySubnet.size(); i++) {
            NetworkPolicy one = bySubnet.get(i - 1);
            NetworkPolicy next = bySubnet.get(i);
            if (subnet(one).overlaps(subnet(next))) {
                throw new IllegalArgumentException("subnet " + subnet(one) + " of " + one.bridge() + " overlaps "
                        + subnet(next) + " of " + next.bridge());
            }
        }
    }

    private static Subnet subnet(NetworkPolicy network) {
        return network.subnet().orElseThrow();
    }
}
