package dev.bailey.engine.view;

import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ports that rules of others redirect; pure. */
final class TakenPorts {
    private static final Set<String> TARGETS = Set.of("DNAT", "REDIRECT");
    private static final Set<String> FAMILIES = Set.of("ip", "ip6", "inet");
    private static final Pattern PORTS = Pattern.compile("\\bdpts?:(\\d+)(?::(\\d+))?\\b");

    private TakenPorts() {}

    /** What the rules of others take, of single ports or ranges; O(rules). */
    static List<PortTaker> of(List<NatTable> tables) {
        return tables.stream()
                .filter(table -> FAMILIES.contains(table.family()) && !isOwn(table))
                .flatMap(TakenPorts::of)
                .toList();
    }

    private static boolean isOwn(NatTable table) {
        return table.backend() == Backend.NFTABLES
                && table.family().equals("inet")
                && table.name().equals(FirewallRules.TABLE.name());
    }

    private static Stream<PortTaker> of(NatTable table) {
        return table.chains().stream()
                .filter(chain -> !IptablesRules.isOwnChain(chain.name()))
                .flatMap(chain -> chain.rules().stream().flatMap(rule -> takers(table, chain, rule)));
    }

    private static Stream<PortTaker> takers(NatTable table, NatChain chain, NatRule rule) {
        Optional<TransportProtocol> protocol = Stream.of(TransportProtocol.values())
                .filter(each -> each.toString().equals(rule.protocol()))
                .findFirst();
        Optional<PortRange> ports = ports(rule.details());
        if (!TARGETS.contains(rule.target()) || protocol.isEmpty() || ports.isEmpty()) {
            return Stream.empty();
        }
        return addresses(rule.destination())
                .map(address -> new PortTaker(
                        PortTaker.Kind.RULE,
                        "a rule of chain " + chain.name() + " of table " + table.family() + " " + table.name() + " ("
                                + rule.target() + " " + rule.details() + ")",
                        protocol.get(),
                        address,
                        ports.get()));
    }

    /** Addresses that are not one of a host's, or a whole subnet of them, redirect what is not published. */
    private static Stream<IpAddress> addresses(String destination) {
        return switch (destination) {
            case "0.0.0.0/0" -> Stream.of(Ipv4Address.ANY);
            case "::/0" -> Stream.of(Ipv6Address.ANY);
            case "anywhere" -> Stream.of(Ipv4Address.ANY, Ipv6Address.ANY);
            case String text
            when text.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*") ->
                Stream.of(IpAddress.parse(text)).filter(PortMapping::canHave);
            default -> Stream.empty();
        };
    }

    private static Optional<PortRange> ports(String details) {
        Matcher ports = PORTS.matcher(details);
        if (!ports.find()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(ports.group(1));
        int last = ports.group(2) == null ? first : Integer.parseInt(ports.group(2));
        return first < 1 || last < first || last > PortRange.MAX_PORT
                ? Optional.empty()
                : Optional.of(new PortRange(first, last));
    }
}
