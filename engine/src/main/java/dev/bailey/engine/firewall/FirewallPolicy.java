package dev.bailey.engine.firewall;

import dev.bailey.engine.model.Subnet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

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
