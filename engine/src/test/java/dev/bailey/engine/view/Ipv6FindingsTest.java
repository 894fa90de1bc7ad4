package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keeps IPv6 packets from passing, and that nothing is said where nobody has IPv6. */
class Ipv6FindingsTest {
    static final Network NETWORK = network();

    private static final Health WELL = new Health("1", true, List.of(), List.of());
    private static final DefaultRoute IPV4 = new DefaultRoute(2, "198.51.100.1", 0, false);
    private static final DefaultRoute IPV6 = new DefaultRoute(2, "fe80::1", 1024, true);
    private static final DefaultRoute ADVERTISED = new DefaultRoute(2, "fe80::1", 1024, true, true);
    private static final Map<String, String> GOOD = Map.of(
            "net.ipv6.conf.all.forwarding", "1",
            "net.ipv6.conf.br-six.disable_ipv6", "0",
            "net.ipv6.conf.eth0.disable_ipv6", "0",
            "net.ipv6.conf.eth0.accept_ra", "2",
            "net.ipv6.conf.eth0.forwarding", "1");

    private static Network network() {
        InterfaceAddress address = InterfaceAddress.parse("10.6.0.1/24");
        return new Network(
                NetworkId.random(),
                "six",
                new InterfaceName("br-six"),
                BridgeOwner.ENGINE,
                Optional.of(new NetworkIpv4(address, address.subnet(), address.address())),
                1500,
                NetworkOptions.DEFAULT,
                false,
                NetworkDetails.NONE,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:6::/64"))));
    }

    private static List<ObservedLink> links() {
        Traffic none = Traffic.NONE;
        return List.of(new ObservedLink(
                2, "eth0", "", 0, false, false, true, "up", 1500, List.of(), none, none, Optional.empty(), ""));
    }

    private static List<Finding> of(Snapshot model, List<DefaultRoute> routes, String... changes) {
        Map<String, String> settings = new HashMap<>(GOOD);
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        return Ipv6Findings.of(model, new HostReport(links(), routes, List.of(), List.of(), settings, List.of()), WELL);
    }

    private static List<Finding> of(List<DefaultRoute> routes, String... changes) {
        return of(Snapshot.empty().with(NETWORK), routes, changes);
    }

    @Test
    void names_areThoseOfBridgesAndUplinks_noneWhereNobodyHasIpv6() {
        assertThat(Ipv6Findings.names(Snapshot.empty().with(NETWORK), links(), List.of(IPV4)))
                .containsExactlyInAnyOrderElementsOf(GOOD.keySet());
        assertThat(Ipv6Findings.names(Snapshot.empty().with(DiagnosisTest.NETWORK), links(), List.of(IPV4)))
                .isEmpty();
    }

    @Test
    void of_allIsWell_orNobodyHasIpv6_findsNothing() {
        assertThat(of(List.of(IPV4, IPV6))).isEmpty();
        assertThat(of(List.of(IPV4, ADVERTISED))).isEmpty();
        assertThat(of(Snapshot.empty().with(DiagnosisTest.NETWORK), List.of(IPV4), "net.ipv6.conf.all.forwarding", "0"))
                .isEmpty();
    }

    @Test
    void of_forwardingIsOff_orThereIsNoIpv6() {
        assertThat(of(List.of(IPV6), "net.ipv6.conf.all.forwarding", "0"))
                .extracting(Finding::what)
                .containsExactly("net.ipv6.conf.all.forwarding is 0");
        HostReport bare = new HostReport(links(), List.of(IPV6), List.of(), List.of(), Map.of(), List.of());
        assertThat(Ipv6Findings.of(Snapshot.empty().with(NETWORK), bare, WELL))
                .extracting(Finding::what)
                .containsExactly("the kernel has no IPv6: it has no setting net.ipv6.conf.all.forwarding");
    }

    @Test
    void of_bridgeHasNoIpv6() {
        assertThat(of(List.of(IPV6), "net.ipv6.conf.br-six.disable_ipv6", "1"))
                .extracting(Finding::mend)
                .containsExactly("sysctl -w net.ipv6.conf.br-six.disable_ipv6=0");
    }

    @Test
    void of_routeOfARouterWhomNobodyHears_warns_oneThatSomebodyMadeDoesNot() {
        assertThat(of(List.of(ADVERTISED), "net.ipv6.conf.eth0.accept_ra", "1"))
                .extracting(Finding::mend)
                .containsExactly("sysctl -w net.ipv6.conf.eth0.accept_ra=2");
        assertThat(of(List.of(IPV6), "net.ipv6.conf.eth0.accept_ra", "1")).isEmpty();
        assertThat(of(List.of(ADVERTISED), "net.ipv6.conf.eth0.accept_ra", "1", "net.ipv6.conf.eth0.forwarding", "0"))
                .isEmpty();
    }

    @Test
    void of_noWayOut_saysWhatMayBeWhy() {
        assertThat(of(List.of(IPV4))).extracting(Finding::what).containsExactly("the host has no IPv6 default route");
        assertThat(of(List.of(IPV4), "net.ipv6.conf.eth0.disable_ipv6", "1"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.mend()).startsWith("sysctl -w net.ipv6.conf.eth0.disable_ipv6=0"));
        assertThat(of(List.of(IPV4), "net.ipv6.conf.eth0.accept_ra", "1"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.mend()).startsWith("sysctl -w net.ipv6.conf.eth0.accept_ra=2"));
    }
}
