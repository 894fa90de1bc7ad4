package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.model.PublishedPorts;
import org.jspecify.annotations.Nullable;

/**
 * The rules that were asked for last: a change goes from them to others, so half of the two need not be made again. One thread
 * at a time.
 */
public final class LatestRules {
    private @Nullable Made last;

    private record Made(FirewallPolicy policy, PublishedPorts ports, IptablesRules rules) {}

    /** The rules that carry out a policy, as {@link IptablesFirewall#of} makes them; O(networks) for those asked for last. */
    public IptablesRules of(FirewallPolicy policy, PublishedPorts ports) {
        Made known = last;
        if (known == null || known.ports() != ports || !known.policy().equals(policy)) {
            known = new Made(policy, ports, IptablesFirewall.of(policy, ports));
            last = known;
        }
        return known.rules();
    }
}
