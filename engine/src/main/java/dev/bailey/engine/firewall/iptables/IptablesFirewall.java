package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.firewall.iptables.IptablesRules.Anchor;
import dev.bailey.engine.firewall.iptables.IptablesRules.Table;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.PublishedPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of a policy, for iptables; they mean what {@link dev.bailey.engine.firewall.FirewallRules} says for nftables.
 *
 * <p>In iptables the first chain that accepts a packet has the last word, so dropping and accepting stand apart. At the
 * beginning of FORWARD, behind the operator's chain, {@code BAILEY-FORWARD} drops what the policy does not let pass and
 * returns everything else to the rules of others. At its end {@code BAILEY-ACCEPT} accepts what has come that far, for
 * hosts whose FORWARD policy is to drop.
 *
 * <p>The rules that jump to the chain of destinations stand behind those of others, whenever those came; rules that masquerade
 * stand behind those that were there before. Each family has tables of its own; while no network has IPv6, IPv6 packets are only ever dropped, and its table nat is left alone.
 *
 * <p>A port is published by a rule in the chain of destinations, which a packet to this host meets behind the rules of others:
 * what they redirect is theirs. What comes in by a link for 127.0.0.1 is dropped.
 *
 * <p>Ports that are open at the containers' own addresses are rules of a chain that packets go to, of which they do not come
 * back but to the rules of others.
 *
 * <p>One network is masqueraded by one rule in POSTROUTING. With several, a chain first lets out what goes to another of
 * them: from one network to another the sender keeps its address.
 */
public final class IptablesFirewall {
    /** A name with anything else would need quotes, or mean another name: a plus sign stands for any ending. */
    private static final Pattern LINK_NAME = Pattern.compile("[A-Za-z0-9._@][A-Za-z0-9._@-]*");

    private static final Pattern ACCEPTED = Pattern.compile("-o (\\S+) -j ACCEPT");

    private static final String LOOPBACK = "127.0.0.0/8";
    private static final String IPV6_LOOPBACK = "::1/128";
    private static final String LINK_LOCAL = "fe80::/10";
    private static final String LOCAL_DESTINATION = "-m addrtype --dst-type LOCAL -j " + Chains.DESTINATIONS;

    private final FirewallPolicy policy;
    private final PublishedPorts ports;
    private final IpFamily family;
    private final List<NetworkPart> networks;
    /** Those that have addresses of the family. */
    private final List<NetworkPart> addressed;

    private IptablesFirewall(FirewallPolicy policy, PublishedPorts ports, IpFamily family) {
        this.policy = policy;
        this.ports = ports;
        this.family = family;
        this.networks = policy.networks().stream()
                .map(network -> NetworkPart.of(network, family))
                .toList();
        this.addressed = networks.stream()
                .filter(network -> network.subnet().isPresent())
                .toList();
    }

    /**
     * The rules that carry out the policy; O(networks + published ports).
     *
     * @param ports what is published
     * @throws EngineException INVALID_ARGUMENT when a bridge has a name that iptables cannot be told
     */
    public static IptablesRules of(FirewallPolicy policy, PublishedPorts ports) {
        policy.networks().forEach(IptablesFirewall::checkNames);
        IptablesFirewall ipv4 = new IptablesFirewall(policy, ports, IpFamily.IPV4);
        IptablesFirewall ipv6 = new IptablesFirewall(policy, ports, IpFamily.IPV6);
        return new IptablesRules(
                List.of(ipv4.filter(), ipv4.nat()),
                ipv6.addressed.isEmpty() ? List.of(ipv6.filter()) : List.of(ipv6.filter(), ipv6.nat()));
    }

    /** The bridges of the networks that rules are for. */
    public static Set<InterfaceName> bridges(IptablesRules rules) {
        return Stream.concat(rules.ipv4().stream(), rules.ipv6().stream())
                .flatMap(table -> table.chains().getOrDefault(Chains.ACCEPT, List.of()).stream())
                .map(ACCEPTED::matcher)
                .filter(Matcher::matches)
                .map(rule -> new InterfaceName(rule.group(1)))
                .collect(Collectors.toSet());
    }

    private static void checkNames(NetworkPolicy network) {
        checkName("bridge", network.bridge());
        network.options().trustedInterfaces().forEach(link -> checkName("trusted link", link));
    }

    private static void checkName(String what, InterfaceName link) {
        if (!LINK_NAME.matcher(link.value()).matches()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    what + " " + link + " cannot be told to iptables: take a name of letters, digits and . _ @ -, or"
                            + " the nftables backend");
        }
    }

    private Table filter() {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        List<Anchor> anchors = new ArrayList<>();
        chains.put(Chains.FORWARD, dropping());
        anchors.add(Anchor.at("FORWARD", 1, "-j " + Chains.USER));
        anchors.add(Anchor.at("FORWARD", 2, "-j " + Chains.FORWARD));
        if (networks.stream().anyMatch(NetworkPart::opens)) {
            chains.put(Chains.OPEN, PortRules.openings(ports, family));
        }
        if (family == IpFamily.IPV4 || !addressed.isEmpty()) {
            chains.put(Chains.ACCEPT, accepting());
        }
        if (family == IpFamily.IPV4) {
            chains.put(Chains.INPUT, PortRules.guards(policy));
            anchors.add(Anchor.at("INPUT", 1, "-j " + Chains.INPUT));
        }
        if (chains.containsKey(Chains.ACCEPT)) {
            anchors.add(Anchor.behind("FORWARD", "-j " + Chains.ACCEPT));
        }
        return new Table(Chains.FILTER, chains, Map.of(Chains.USER, List.of()), anchors);
    }

    /** First what no network lets out, then, for each network, what comes in: a return ends the chain. */
    private List<String> dropping() {
        List<String> rules = new ArrayList<>();
        rules.add("-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN");
        for (NetworkPart network : networks) {
            String out = "-i " + network.bridge() + " ! -o " + network.bridge();
            if (network.isShut(family)) {
                rules.add(out + " -j DROP");
            } else if (network.isTranslated()) {
                rules.add(out + " -m conntrack --ctstate INVALID -j DROP");
            }
        }
        networks.forEach(network -> dropTo(network, rules));
        return rules;
    }

    private void dropTo(NetworkPart network, List<String> rules) {
        String to = "-o " + network.bridge();
        if (!network.internal()) {
            if (family == IpFamily.IPV4 && ports.hasHostPorts(family) && !network.isRouted()) {
                rules.add(to + " -m conntrack --ctorigdst " + LOOPBACK + " -j DROP");
            }
            rules.add(to + " -m conntrack --ctstate DNAT -j RETURN");
            rules.add(to + " -m mark --mark " + mark() + " -j RETURN");
        }
        List<String> own = ownAddresses(network);
        boolean icc = network.options().icc();
        if (icc || !own.isEmpty()) {
            rules.add("-i " + network.bridge() + " " + to + (icc ? " -j RETURN" : " -j DROP"));
        }
        rules.addAll(own);
        if (own.isEmpty() || network.mode() == GatewayMode.NAT) {
            rules.add(to + " -j DROP");
        }
    }

    /**
     * What is sent to the containers' own addresses, by whom it may be. Behind a goto a return leads back to chain FORWARD, as
     * it does here.
     */
    private List<String> ownAddresses(NetworkPart network) {
        String to = "-o " + network.bridge();
        String icmp = family == IpFamily.IPV4 ? "icmp" : "ipv6-icmp";
        return network.internal() || network.subnet().isEmpty()
                ? List.of()
                : switch (network.mode()) {
                    case NAT ->
                        network.options().trustedInterfaces().stream()
                                .map(link -> "-i " + link + " " + to + " -g " + Chains.OPEN)
                                .toList();
                    case NAT_UNPROTECTED -> List.of(to + " -j RETURN");
                    case ROUTED -> List.of(to + " -p " + icmp + " -j RETURN", to + " -g " + Chains.OPEN);
                    case ISOLATED -> List.<String>of();
                };
    }

    private String mark() {
        return policy.acceptMark().toString();
    }

    private List<String> accepting() {
        List<String> rules = new ArrayList<>();
        for (NetworkPart network : addressed) {
            rules.add("-o " + network.bridge() + " -j ACCEPT");
            if (!network.internal()) {
                rules.add("-i " + network.bridge() + " -j ACCEPT");
            }
        }
        return rules;
    }

    private Table nat() {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        List<Anchor> anchors = new ArrayList<>();
        boolean several = addressed.size() > 1;
        chains.put(Chains.DESTINATIONS, destinations(several));
        anchors.add(Anchor.last("PREROUTING", LOCAL_DESTINATION));
        String hosts = family == IpFamily.IPV4 ? LOOPBACK : IPV6_LOOPBACK;
        anchors.add(Anchor.last("OUTPUT", "! -d " + hosts + " " + LOCAL_DESTINATION));
        if (ports.hasHostPorts(family)) {
            if (family == IpFamily.IPV4) {
                anchors.add(Anchor.last("OUTPUT", "-d " + LOOPBACK + " -j " + Chains.DESTINATIONS));
            }
            chains.put(Chains.HAIRPIN, PortRules.hairpins(addressed));
            anchors.add(Anchor.behind("POSTROUTING", "-m conntrack --ctstate DNAT -j " + Chains.HAIRPIN));
        }
        translated()
                .map(network -> Anchor.behind(
                        "POSTROUTING",
                        MasqueradeRule.of(
                                network,
                                network.subnet().orElseThrow(),
                                several ? Chains.MASQUERADE : MasqueradeRule.target(network))))
                .forEach(anchors::add);
        if (several) {
            chains.put(Chains.MASQUERADE, masquerading());
        }
        return new Table(Chains.NAT, chains, Map.of(), anchors);
    }

    /** For addresses of a link nothing is forwarded. */
    private List<String> destinations(boolean several) {
        List<String> rules = new ArrayList<>();
        if (family == IpFamily.IPV6) {
            rules.add("-d " + LINK_LOCAL + " -j RETURN");
        }
        rules.addAll(PortRules.redirections(ports, family));
        if (!several) {
            translated().map(MasqueradeRule::claim).forEach(rules::add);
        }
        return rules;
    }

    private Stream<NetworkPart> translated() {
        return addressed.stream().filter(NetworkPart::isTranslated);
    }

    private List<String> masquerading() {
        List<String> rules = new ArrayList<>();
        addressed.forEach(network -> rules.add("-o " + network.bridge() + " -j RETURN"));
        translated()
                .filter(network -> !MasqueradeRule.isPlain(network))
                .forEach(network ->
                        rules.add("-s " + network.subnet().orElseThrow() + " -j " + MasqueradeRule.target(network)));
        rules.add("-j MASQUERADE");
        return rules;
    }
}
