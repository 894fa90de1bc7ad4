package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is found wrong, and what is not. */
class DiagnosisTest {
    static final Network NETWORK = network(BridgeOwner.ENGINE, 1400);
    private static final Health WELL = new Health("1", true, List.of(), List.of());
    private static final List<DefaultRoute> ROUTE = List.of(new DefaultRoute(2, "198.51.100.1", 0, false));
    private static final Map<String, String> SETTINGS =
            Map.of("net.netfilter.nf_conntrack_count", "10", "net.netfilter.nf_conntrack_max", "1000");
    private static final ObservedLink BRIDGE = bridge(true, "172.17.0.1/16");

    private static Network network(BridgeOwner owner, int mtuBytes) {
        InterfaceAddress address = InterfaceAddress.parse("172.17.0.1/16");
        return new Network(
                NetworkId.random(),
                "bridge",
                new InterfaceName("bailey0"),
                owner,
                address,
                address.subnet(),
                address.address(),
                mtuBytes,
                NetworkOptions.DEFAULT,
                false,
                NetworkDetails.NONE);
    }

    private static ObservedLink bridge(boolean up, String... addresses) {
        Traffic none = Traffic.NONE;
        return new ObservedLink(
                3,
                "bailey0",
                "bridge",
                0,
                false,
                false,
                up,
                "up",
                1400,
                List.of(addresses),
                none,
                none,
                Optional.empty(),
                "");
    }

    private static List<Finding> find(Network network, List<ObservedLink> links, Health health) {
        return Diagnosis.of(Snapshot.empty().with(network), report(links, ROUTE, List.of()), health);
    }

    private static HostReport report(List<ObservedLink> links, List<DefaultRoute> routes, List<FirewallTable> tables) {
        return new HostReport(links, routes, tables, List.of(), SETTINGS, List.of());
    }

    @Test
    void of_everythingIsRight_findsNothing() {
        assertThat(find(NETWORK, List.of(BRIDGE), WELL)).isEmpty();
    }

    @Test
    void of_forwardingIsOff_saysWhoseItIsToSwitch() {
        Health ours = new Health("0", true, List.of(), List.of());
        Health theirs = new Health("0", false, List.of(), List.of());
        assertThat(find(NETWORK, List.of(BRIDGE), ours)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.mend()).contains("bailey events --kernel");
        });
        assertThat(find(NETWORK, List.of(BRIDGE), theirs))
                .singleElement()
                .satisfies(finding -> assertThat(finding.mend()).contains("sysctl -w net.ipv4.ip_forward=1"));
    }

    @Test
    void of_rulesDifferAndAPartDoesNotHold_namesThem() {
        Health health = new Health(
                "1",
                true,
                List.of("table inet bailey was gone"),
                List.of(new Health.Trouble("link bailey0", 9, Duration.ofMillis(1600))));
        assertThat(find(NETWORK, List.of(BRIDGE), health))
                .extracting(Finding::what)
                .containsExactly("table inet bailey was gone", "link bailey0 does not stay whole: mended 9 times");
    }

    @Test
    void of_bridgeIsNotAsItShouldBe_operatorsIsTheirsToMend() {
        assertThat(find(NETWORK, List.of(), WELL))
                .extracting(Finding::what)
                .containsExactly("bridge bailey0 of" + " network bridge is gone");
        assertThat(find(network(BridgeOwner.OPERATOR, 1400), List.of(bridge(false, "10.0.0.1/8")), WELL))
                .extracting(Finding::mend)
                .containsExactly(
                        "ip link set bailey0 up",
                        "ip addr add 172.17.0.1/16 dev bailey0, or restart the daemon to have the present one taken"
                                + " over");
    }

    @Test
    void of_noDefaultRoute_saysSo() {
        List<DefaultRoute> ipv6 = List.of(new DefaultRoute(2, "fe80::1", 0, true));
        assertThat(Diagnosis.of(Snapshot.empty().with(NETWORK), report(List.of(BRIDGE), ipv6, List.of()), WELL))
                .extracting(Finding::what)
                .containsExactly("the host has no IPv4 default route");
    }

    @Test
    void of_noDefaultRouteOfIpv4_nobodyWithIpv4_isWell() {
        List<DefaultRoute> ipv6 = List.of(new DefaultRoute(2, "fe80::1", 0, true));
        Network alone = new Network(
                NetworkId.random(),
                "six",
                new InterfaceName("br-six"),
                BridgeOwner.OPERATOR,
                Optional.empty(),
                1500,
                NetworkOptions.DEFAULT,
                false,
                NetworkDetails.NONE,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:6::/64"))));
        assertThat(Diagnosis.of(Snapshot.empty().with(alone), report(List.of(), ipv6, List.of()), WELL))
                .extracting(Finding::what)
                .doesNotContain("the host has no IPv4 default route");
    }

    @Test
    void of_forwardPolicyOfOthersIsDrop_warns() {
        FirewallTable legacy = table(Backend.IPTABLES_LEGACY, "ip", "iptables", "FORWARD", "DOCKER-USER");
        FirewallTable ours = table(Backend.IPTABLES_LEGACY, "ip", "iptables", "FORWARD", "BAILEY-ACCEPT");
        FirewallTable ipv6 = table(Backend.IPTABLES_LEGACY, "ip6", "iptables", "FORWARD", "X");
        List<FirewallTable> tables = List.of(legacy, ours, ipv6);
        List<Finding> findings =
                Diagnosis.of(Snapshot.empty().with(NETWORK), report(List.of(BRIDGE), ROUTE, tables), WELL);
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .isEqualTo(
                                "chain FORWARD of table ip filter of iptables-legacy drops what it does not accept"));
    }

    private static FirewallTable table(Backend backend, String family, String owner, String base, String other) {
        ChainHook hook = new ChainHook("filter", "forward", 0, "drop", "");
        return new FirewallTable(
                family,
                "filter",
                backend,
                owner,
                false,
                List.of(
                        new FirewallTable.Chain(base, Optional.of(hook)),
                        new FirewallTable.Chain(other, Optional.empty())));
    }

    @Test
    void of_sandboxIsFromBeforeTheMtuFell_isNamed() {
        Sandbox web = new Sandbox(SandboxId.random(), "web", Path.of("/exec/netns/web"), 7, true);
        InterfaceAddress address = InterfaceAddress.parse("172.17.0.2/16");
        Endpoint endpoint = new Endpoint(
                EndpointId.random(),
                NETWORK.id(),
                web.id(),
                new InterfaceName("eth0"),
                new InterfaceName("veth1"),
                address,
                Ipv4Address.parse("172.17.0.1"),
                MacAddress.derivedFrom(address.address()),
                1500);
        Snapshot model = Snapshot.empty().with(NETWORK).with(web).with(endpoint);
        assertThat(Diagnosis.of(model, report(List.of(BRIDGE), ROUTE, List.of()), WELL))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.what()).isEqualTo("eth0 of web has MTU 1500, its network bridge has 1400");
                    assertThat(finding.mend()).isEqualTo("start it again: bailey stop web; bailey start web");
                });
    }
}
