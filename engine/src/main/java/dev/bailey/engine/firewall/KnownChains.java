package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import java.util.HashMap;
import java.util.Map;

/**
 * The chains of networks as a rule set had them: the next one takes those that stay as they are, and a comparison of the two
 * has nothing to look at in them. Most of a change of one network among many would be to make the others' chains again. One
 * thread at a time.
 */
public final class KnownChains {
    private Map<InterfaceName, NetworkChains> known = new HashMap<>();
    private Map<InterfaceName, NetworkChains> next = new HashMap<>();

    NetworkChains of(NetworkPolicy policy, PacketMark acceptMark) {
        NetworkChains before = known.get(policy.bridge());
        NetworkChains chains =
                before != null && before.isOf(policy, acceptMark) ? before : NetworkChains.of(policy, acceptMark);
        next.put(policy.bridge(), chains);
        return chains;
    }

    /** A rule set is complete: what it has not is forgotten. */
    void complete() {
        known = next;
        next = new HashMap<>();
    }
}
