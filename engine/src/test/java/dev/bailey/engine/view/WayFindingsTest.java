package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** By which links packets are to leave that cannot. */
class WayFindingsTest {
    private static final Network PLAIN =
            DiagnosisTest.NETWORK.with(NetworkOptions.DEFAULT.with(Optional.of(EgressWay.parse("uplink=eth1"))));
    private static final Network DUAL = PLAIN.with(Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:9::/64"))));
    private static final DefaultRoute BY_ETH0 = new DefaultRoute(2, "198.51.100.1", 0, false);
    private static final DefaultRoute BY_ETH1 = new DefaultRoute(3, "203.0.113.1", 200, false);
    private static final DefaultRoute IPV6_BY_ETH0 = new DefaultRoute(2, "2001:db8:1::1", 1024, true);

    private static List<String> find(Network network, boolean direct, DefaultRoute... routes) {
        Traffic none = Traffic.NONE;
        List<ObservedLink> links = Stream.of(2, 3)
                .map(index -> new ObservedLink(
                        index,
                        index == 2 ? "eth0" : "eth1",
                        "",
                        0,
                        false,
                        direct,
                        true,
                        "up",
                        1500,
                        List.of(),
                        none,
                        none,
                        Optional.empty(),
                        ""))
                .toList();
        HostReport report = new HostReport(links, List.of(routes), List.of(), List.of(), Map.of(), List.of());
        return WayFindings.of(Snapshot.empty().with(network), report).stream()
                .map(Finding::what)
                .toList();
    }

    @Test
    void of_linkWithoutADefaultRoute_isFoundForTheFamiliesOfTheNetwork() {
        String ipv4 = "eth1 has no IPv4 default route, and containers are to leave by it";
        String ipv6 = "eth1 has no IPv6 default route, and containers are to leave by it";
        assertThat(find(PLAIN, false, BY_ETH0, BY_ETH1, IPV6_BY_ETH0)).isEmpty();
        assertThat(find(PLAIN, false, BY_ETH0, IPV6_BY_ETH0)).containsExactly(ipv4);
        assertThat(find(DUAL, false, BY_ETH0, IPV6_BY_ETH0)).containsExactly(ipv4, ipv6);
        assertThat(find(DUAL, false, BY_ETH0, BY_ETH1, IPV6_BY_ETH0)).containsExactly(ipv6);
        assertThat(find(DUAL, false, BY_ETH1))
                .as("nobody leaves by IPv6 at all")
                .isEmpty();
    }

    @Test
    void of_linkWithoutNextHops_needsNoDefaultRoute() {
        assertThat(find(DUAL, true, BY_ETH0, IPV6_BY_ETH0)).isEmpty();
    }
}
