package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import java.util.List;
import java.util.stream.Stream;

/** The rules of published ports. */
final class PortRules {
    private PortRules() {}

    /** The rules that redirect, a rule for each mapping whatever its length; O(ports). */
    static List<String> redirections(PublishedPorts ports) {
        return ports.all().stream().map(PortRules::redirection).toList();
    }

    private static String redirection(PublishedPort port) {
        PortMapping mapping = port.mapping();
        return (mapping.isOnAnyAddress() ? "" : "-d " + mapping.hostAddress() + "/32 ")
                + "-p " + mapping.protocol() + " -m " + mapping.protocol()
                + " --dport " + ports(mapping.hostPorts(), ':')
                + " -j DNAT --to-destination " + port.sandboxAddress() + target(mapping);
    }

    /** Behind the slash stands the port that becomes the first one (Linux 4.19). */
    private static String target(PortMapping mapping) {
        if (mapping.hostPorts().size() == 1) {
            return ":" + mapping.sandboxPorts().first();
        }
        return mapping.keepsPorts()
                ? ""
                : ":" + ports(mapping.sandboxPorts(), '-') + "/"
                        + mapping.hostPorts().first();
    }

    private static String ports(PortRange range, char between) {
        return range.size() == 1 ? "" + range.first() : "" + range.first() + between + range.last();
    }

    /** What was redirected gets the bridge's address where the answer would not come back this way otherwise. */
    static List<String> hairpins(FirewallPolicy policy) {
        return policy.networks().stream()
                .filter(network -> !network.options().internal())
                .flatMap(network -> Stream.of("127.0.0.0/8", network.subnet())
                        .map(from -> "-s " + from + " -o " + network.bridge() + " -j MASQUERADE"))
                .toList();
    }

    /** Nothing from a network gets to 127.0.0.0/8, but answers to what came from there. */
    static List<String> guards(FirewallPolicy policy) {
        return policy.networks().stream()
                .map(network -> "-d 127.0.0.0/8 -i " + network.bridge()
                        + " -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP")
                .toList();
    }
}
