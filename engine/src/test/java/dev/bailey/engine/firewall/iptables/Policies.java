package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.firewall.PacketMark;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Subnet;
import java.util.List;

/** Networks of all kinds, and the rules of policies made of them. */
final class Policies {
    static final NetworkPolicy DEFAULT = network("bailey0", "172.17.0.0/16", NetworkOptions.DEFAULT);
    static final NetworkPolicy PLAIN = network("br.plain", "10.1.0.0/24", new NetworkOptions(false, false, false));
    static final NetworkPolicy INTERNAL = network("br@internal", "10.2.0.0/24", new NetworkOptions(true, true, true));

    private Policies() {}

    static NetworkPolicy network(String bridge, String subnet, NetworkOptions options) {
        return new NetworkPolicy(new InterfaceName(bridge), Subnet.parse(subnet), options);
    }

    static IptablesRules rules(NetworkPolicy... networks) {
        return of(PublishedPorts.NONE, networks);
    }

    static IptablesRules of(PublishedPorts ports, NetworkPolicy... networks) {
        return IptablesFirewall.of(new FirewallPolicy(List.of(networks), PacketMark.DEFAULT_ACCEPT), ports);
    }
}
