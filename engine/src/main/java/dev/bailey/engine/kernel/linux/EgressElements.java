package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.AllowedRanges;
import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Sender;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.Prefix;
import dev.bailey.netlink.nftables.SetOrMap;
import dev.bailey.netlink.nftables.Value;
import dev.bailey.netlink.nftables.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The elements of the sets and maps of {@link EgressRules}; pure. */
final class EgressElements {
    private EgressElements() {}

    /** The elements that a set of the table has. */
    static List<Element> of(SetOrMap set, EgressPolicy policy) {
        return switch (set.name()) {
            case "network_ways" ->
                policy.networks().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(IpSubnet.ORDER))
                        .map(each ->
                                Element.of(prefix(each.getKey())).to(Verdict.goTo(EgressRules.way(each.getValue()))))
                        .toList();
            case "arrivals" ->
                policy.arrivals().entrySet().stream()
                        .map(each -> Element.of(
                                        Value.interfaceName(each.getKey().value()))
                                .to(Verdict.goTo(EgressRules.arrival(each.getValue()))))
                        .toList();
            case "bridges" ->
                policy.bridges().stream()
                        .map(bridge -> Element.of(Value.interfaceName(bridge.value())))
                        .toList();
            default -> of(set, policy.senders());
        };
    }

    /** The elements that a set of the table has for some senders. */
    static List<Element> of(SetOrMap set, Collection<Sender> senders) {
        return senders.stream()
                .flatMap(sender -> switch (set.name()) {
                    case "sender_ways" ->
                        sender.way().stream().map(number -> address(sender).to(Verdict.goTo(EgressRules.way(number))));
                    case "sources" ->
                        sender.source().stream().map(source -> address(sender).to(value(source)));
                    case "limited" -> sender.allowed().isEmpty() ? Stream.<Element>of() : Stream.of(address(sender));
                    case "allowed" -> allowed(sender);
                    default -> Stream.<Element>of();
                })
                .toList();
    }

    private static Element address(Sender sender) {
        return Element.of(value(sender.address()));
    }

    private static Stream<Element> allowed(Sender sender) {
        if (sender.allowed().isEmpty()) {
            return Stream.of();
        }
        Value own = value(sender.address());
        return AllowedRanges.of(sender.subnet(), sender.allowed()).stream()
                .map(range -> Element.range(
                        Value.concat(
                                own,
                                value(range.destination().base()),
                                Value.protocol(range.firstProtocol()),
                                Value.port(range.ports().first())),
                        Value.concat(
                                own,
                                value(range.destination().last()),
                                Value.protocol(range.lastProtocol()),
                                Value.port(range.ports().last()))));
    }

    private static Prefix prefix(IpSubnet subnet) {
        return new Prefix(value(subnet.base()), subnet.prefixLength());
    }

    private static Value value(IpAddress address) {
        return Value.of(address.toByteArray());
    }
}
