package dev.bailey.engine.view;

import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is to leave by a link that has no default route; pure. */
final class WayFindings {
    private WayFindings() {}

    /** Of IPv6 on hosts alone that have a default route of it at all; O(networks + endpoints + links + routes). */
    static List<Finding> of(Snapshot model, HostReport report) {
        return Stream.of(IpFamily.values())
                .flatMap(family -> of(model, report, family))
                .toList();
    }

    private static Stream<Finding> of(Snapshot model, HostReport report, IpFamily family) {
        Set<Integer> exits = report.routes().stream()
                .filter(route -> route.ipv6() == (family == IpFamily.IPV6))
                .map(DefaultRoute::link)
                .collect(Collectors.toSet());
        if (family == IpFamily.IPV6 && exits.isEmpty()) {
            return Stream.of();
        }
        Set<String> uplinks = report.links().stream()
                .filter(link -> link.up() && (link.direct() || exits.contains(link.index())))
                .map(ObservedLink::name)
                .collect(Collectors.toSet());
        return wanted(model, family)
                .flatMap(Optional::stream)
                .flatMap(way -> way instanceof EgressWay.Uplink(var link) ? Stream.of(link.value()) : Stream.empty())
                .filter(link -> !uplinks.contains(link))
                .distinct()
                .sorted()
                .map(link -> finding(link, family));
    }

    private static Stream<Optional<EgressWay>> wanted(Snapshot model, IpFamily family) {
        boolean any = family == IpFamily.IPV4;
        return Stream.concat(
                model.networks().stream()
                        .filter(network -> any || network.ipv6().isPresent())
                        .map(network -> network.options().way()),
                model.endpoints().stream()
                        .filter(endpoint -> any || endpoint.ipv6().isPresent())
                        .map(endpoint -> endpoint.egress().way()));
    }

    private static Finding finding(String link, IpFamily family) {
        String command = switch (family) {
            case IPV4 -> "ip route";
            case IPV6 -> "ip -6 route";
        };
        return new Finding(
                Severity.WARNING,
                link + " has no " + family + " default route, and containers are to leave by it",
                "until it has one they leave as everybody does",
                "bailey uplinks shows the links; " + command + " add default via GATEWAY dev " + link
                        + " metric 2000 adds a route that others do not take");
    }
}
