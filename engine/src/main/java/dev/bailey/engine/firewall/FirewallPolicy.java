package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Subnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to pass and what is not, for all networks of a host, without a word about how.
 *
 * @param networks the networks, ordered by their bridge's name; no two share a bridge or an address
 * @param acceptMark packets with this mark reach every network that is not internal
 */
public record FirewallPolicy(List<NetworkPolicy> networks, PacketMark acceptMark) {
    private static final Comparator<NetworkPolicy> ORDER =
            (one, other) -> one.bridge().value().compareTo(other.bridge().value());

    /** Orders the networks and checks that they are apart. */
    public FirewallPolicy {
        Objects.requireNonNull(acceptMark, "acceptMark");
        networks = networks.stream().sorted(ORDER).toList();
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

    /** The policy of those networks alone that another policy has not just so; walks both in their order. */
    FirewallPolicy unlike(FirewallPolicy other) {
        if (!acceptMark.equals(other.acceptMark)) {
            return this;
        }
        List<NetworkPolicy> unlike = new ArrayList<>();
        int next = 0;
        for (NetworkPolicy own : networks) {
            while (next < other.networks.size() && ORDER.compare(other.networks.get(next), own) < 0) {
                next++;
            }
            if (next == other.networks.size() || !own.equals(other.networks.get(next))) {
                unlike.add(own);
            }
        }
        return new FirewallPolicy(unlike, acceptMark);
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
                .sorted((one, other) -> subnet(one).compareTo(subnet(other)))
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
