package dev.bailey.engine.firewall;

import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies of networks, the same objects again for networks that have not changed: two policies that follow each other are
 * compared by looking at what is new alone. Not safe for use by several threads.
 */
public final class NetworkPolicies {
    private Map<NetworkId, Known> known = Map.of();

    private record Known(Network network, NetworkPolicy policy) {}

    /** Knows none yet. */
    public NetworkPolicies() {}

    /** The policies of these networks, in their order; those of the others are forgotten. O(networks). */
    public List<NetworkPolicy> of(Collection<Network> networks) {
        Map<NetworkId, Known> now = HashMap.newHashMap(networks.size());
        List<NetworkPolicy> policies = new ArrayList<>(networks.size());
        for (Network network : networks) {
            Known before = known.get(network.id());
            @SuppressWarnings(
                    "ReferenceEquality") // of two networks that are equal but not the same, both policies are right
            Known found = before != null && before.network == network
                    ? before
                    : new Known(network, NetworkPolicy.of(network));
            now.put(network.id(), found);
            policies.add(found.policy);
        }
        known = now;
        return policies;
    }
}
