package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rules of published ports. */
final class PortRules {
    private static final IpSubnet LOOPBACK = IpSubnet.parse("127.0.0.0/8");

    private PortRules() {}

    /** The rules that redirect, a rule for each mapping and subnet of senders, whatever its length; O(ports). */
    static List<String> redirections(PublishedPorts ports, IpFamily family) {
        return ports.all().stream()
                .filter(port ->
                        port.mapping().family() == family && !port.mapping().routed())
                .flatMap(PortRules::redirections)
                .toList();
    }

    private static Stream<String> redirections(PublishedPort port) {
        PortMapping mapping = port.mapping();
        String to = mapping.isOnAnyAddress() ? "" : host(mapping.hostAddress());
        return senders(mapping)
                .map(from -> from + to + ports(mapping, mapping.hostPorts()) + " -j DNAT --to-destination "
                        + target(port.sandboxAddress(), mapping));
    }

    /** Behind the slash stands the port that becomes the first one (Linux 4.19). */
    private static String target(IpAddress address, PortMapping mapping) {
        if (mapping.hostPorts().size() == 1) {
            return address.beforePort() + ":" + mapping.sandboxPorts().first();
        }
        return mapping.keepsPorts()
                ? address.toString()
                : address.beforePort() + ":" + range(mapping.sandboxPorts(), '-') + "/"
                        + mapping.hostPorts().first();
    }

    /**
     * The rules that let through to the containers' own addresses, to the end that the rules of others are asked, and one that
     * drops everything else; O(ports).
     */
    static List<String> openings(PublishedPorts ports, IpFamily family) {
        List<String> rules = new ArrayList<>(ports.all().stream()
                .filter(port -> port.mapping().family() == family)
                .filter(port -> port.mapping().routed() || port.trusted())
                .flatMap(PortRules::openings)
                .distinct()
                .toList());
        rules.add("-j DROP");
        return rules;
    }

    private static Stream<String> openings(PublishedPort port) {
        PortMapping mapping = port.mapping();
        return senders(mapping)
                .map(from ->
                        from + host(port.sandboxAddress()) + ports(mapping, mapping.sandboxPorts()) + " -j RETURN");
    }

    private static Stream<String> senders(PortMapping mapping) {
        return mapping.sources().isAnybody()
                ? Stream.of("")
                : mapping.sources().subnets().stream().map(subnet -> "-s " + subnet + " ");
    }

    private static String host(IpAddress address) {
        return "-d " + IpSubnet.of(address) + " ";
    }

    private static String ports(PortMapping mapping, PortRange range) {
        return "-p " + mapping.protocol() + " -m " + mapping.protocol() + " --dport " + range(range, ':');
    }

    private static String range(PortRange range, char between) {
        return range.size() == 1 ? "" + range.first() : "" + range.first() + between + range.last();
    }

    /** What was redirected gets the bridge's address where the answer would not come back this way otherwise. */
    static List<String> hairpins(List<NetworkPart> networks) {
        return networks.stream()
                .filter(network -> !network.internal() && !network.isRouted())
                .flatMap(network -> network.subnet().stream()
                        .flatMap(PortRules::hairpinned)
                        .map(from -> "-s " + from + " -o " + network.bridge() + " -j MASQUERADE"))
                .toList();
    }

    private static Stream<IpSubnet> hairpinned(IpSubnet subnet) {
        return switch (subnet.family()) {
            case IPV4 -> Stream.of(LOOPBACK, subnet);
            case IPV6 -> Stream.of(subnet);
        };
    }

    /** Nothing from a network gets to 127.0.0.0/8, but answers to what came from there. */
    static List<String> guards(FirewallPolicy policy) {
        return policy.networks().stream()
                .map(network -> "-d 127.0.0.0/8 -i " + network.bridge()
                        + " -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP")
                .toList();
    }
}
