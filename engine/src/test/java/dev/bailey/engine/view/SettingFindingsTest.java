package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of the kernel's settings keeps packets from passing. */
class SettingFindingsTest {
    private static final Health WELL = new Health("1", true, List.of(), List.of());
    private static final List<ObservedLink> LINKS = List.of(
            link(2, "eth0", "198.51.100.2/24"), link(3, "eth1.7", "203.0.113.2/24"), link(4, "tap0", "fe80::1/64"));
    private static final List<DefaultRoute> ROUTES = List.of(new DefaultRoute(2, "198.51.100.1", 0, false));
    private static final Map<String, String> GOOD = Map.of(
            "net.netfilter.nf_conntrack_count", "10",
            "net.netfilter.nf_conntrack_max", "1000",
            "net.ipv4.conf.all.rp_filter", "0",
            "net.ipv4.conf.eth0.rp_filter", "1",
            "net.ipv4.conf.eth0.forwarding", "1",
            "net.ipv4.conf.eth1/7.rp_filter", "0",
            "net.ipv4.conf.eth1/7.forwarding", "1");

    private static ObservedLink link(int index, String name, String address) {
        Traffic none = Traffic.NONE;
        return new ObservedLink(
                index, name, "", 0, false, false, true, "up", 1500, List.of(address), none, none, Optional.empty(), "");
    }

    private static List<Finding> with(String... changes) {
        Map<String, String> settings = new HashMap<>(GOOD);
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        return of(settings);
    }

    private static List<Finding> of(Map<String, String> settings) {
        HostReport report = new HostReport(LINKS, ROUTES, List.of(), List.of(), settings, List.of());
        return SettingFindings.of(Snapshot.empty(), report, WELL);
    }

    @Test
    void names_areThoseOfTheLinksThatIpv4ComesInBy() {
        assertThat(SettingFindings.names(Snapshot.empty(), LINKS, ROUTES))
                .containsExactlyInAnyOrderElementsOf(GOOD.keySet());
    }

    @Test
    void of_allIsWell_findsNothing() {
        assertThat(with()).isEmpty();
        assertThat(with("net.ipv4.conf.all.rp_filter", "2")).isEmpty();
    }

    @Test
    void of_reversePathIsStrict_onlyWhereTheWayBackIsAnother() {
        assertThat(with("net.ipv4.conf.eth1/7.rp_filter", "1"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.mend()).isEqualTo("sysctl -w net.ipv4.conf.eth1/7.rp_filter=2"));
        assertThat(with("net.ipv4.conf.all.rp_filter", "1")).hasSize(1);
        assertThat(with("net.ipv4.conf.all.rp_filter", "1", "net.ipv4.conf.eth1/7.rp_filter", "2"))
                .isEmpty();
    }

    @Test
    void of_connectionTrackingNearlyFull_warns_fullIsAnError() {
        assertThat(with("net.netfilter.nf_conntrack_count", "899")).isEmpty();
        assertThat(with("net.netfilter.nf_conntrack_count", "900"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
                    assertThat(finding.mend()).startsWith("sysctl -w net.netfilter.nf_conntrack_max=2000");
                });
        assertThat(with("net.netfilter.nf_conntrack_count", "1000"))
                .extracting(Finding::severity)
                .containsExactly(Finding.Severity.ERROR);
    }

    @Test
    void of_noConnectionTracking_namesTheModule() {
        assertThat(of(Map.of()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.mend()).startsWith("modprobe nf_conntrack"));
    }

    @Test
    void of_oneLinkDoesNotForward_saysWhichCommand() {
        assertThat(with("net.ipv4.conf.eth0.forwarding", "0"))
                .extracting(Finding::mend)
                .containsExactly("sysctl -w net.ipv4.conf.eth0.forwarding=1");
    }
}
