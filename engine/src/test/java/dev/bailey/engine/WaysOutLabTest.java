package dev.bailey.engine;

import static dev.bailey.engine.WaysOutHost.BY_ETH1;
import static dev.bailey.engine.WaysOutHost.THIRD;
import static dev.bailey.engine.WaysOutHost.egress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.view.Finding;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways out of the host, addresses to leave with and allow lists, as the internet sees them. */
@Tag("lab")
@Timeout(60)
@ExtendWith(LabExtension.class)
@ParameterizedClass
@EnumSource(FirewallBackend.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WaysOutLabTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FirewallBackend backend;
    private WaysOutHost stage;
    private LabHost host;
    private LabHost internet;
    private IptablesHost on;

    WaysOutLabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        stage = new WaysOutHost(lab, backend);
        host = stage.host;
        internet = stage.internet;
        on = stage.on;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private void create(String name, int number, EgressWay way) {
        stage.create(name, number, Optional.of(way));
    }

    private LabHost join(String box, String network, Egress egress, String... ports) {
        return stage.join(box, network, egress, ports);
    }

    private static Egress by(String way) {
        return egress(way);
    }

    private static Egress with(String source) {
        return egress("ip=" + source);
    }

    private static Egress to(String... targets) {
        return egress(Stream.of(targets).map(target -> "allow=" + target).toArray(String[]::new));
    }

    private static String seen(LabHost from) {
        return WaysOutHost.seen(from, Site.SERVICE);
    }

    private List<String> findings() {
        try (HostInspector inspector = host.call(() -> HostInspector.open(on.engine::snapshot))) {
            return inspector.diagnose(on.engine.health()).stream()
                    .map(Finding::what)
                    .toList();
        }
    }

    private static void awaitSeen(LabHost from, String address) throws InterruptedException {
        WaysOutHost.awaitSeen(from, Site.SERVICE, address);
    }

    @Test
    void networkAndEndpoint_leaveByTheirUplinks_theNearestOneCounts() {
        create("second", 1, BY_ETH1);
        LabHost plain = join("plain", "bridge", Egress.NONE);
        assertThat(seen(join("a", "second", Egress.NONE))).isEqualTo(Site.SECOND_HOST);
        assertThat(seen(join("b", "second", by("uplink=eth0")))).isEqualTo(Site.HOST);
        assertThat(seen(join("c", "bridge", by("uplink=eth1")))).isEqualTo(Site.SECOND_HOST);
        assertThat(seen(plain)).isEqualTo(Site.HOST);

        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "table", "100");
        assertThat(seen(join("d", "bridge", by("table=100")))).isEqualTo(Site.SECOND_HOST);
        host.exec("ip", "route", "flush", "table", "100");
    }

    @Test
    void sourceAddress_isTheEndpointsOwn() {
        create("second", 1, BY_ETH1);
        assertThat(seen(join("a", "second", with(THIRD)))).isEqualTo(THIRD);
        assertThat(seen(join("b", "second", Egress.NONE))).isEqualTo(Site.SECOND_HOST);
    }

    @Test
    void uplinkGoesAndComes_packetsFollow() throws InterruptedException {
        create("second", 1, BY_ETH1);
        LabHost box = join("a", "second", Egress.NONE);
        assertThat(seen(box)).isEqualTo(Site.SECOND_HOST);

        host.exec("ip", "link", "set", "eth1", "down");
        awaitSeen(box, Site.HOST);
        assertThat(findings()).contains("eth1 has no IPv4 default route, and containers are to leave by it");
        host.exec("ip", "link", "set", "eth1", "up");
        stage.restoreSecondUplink();
        awaitSeen(box, Site.SECOND_HOST);
        host.exec("ip", "link", "del", "eth1");
        awaitSeen(box, Site.HOST);
    }

    @Test
    void publishedPort_isAnsweredByTheUplinkThatItWasAskedAt() {
        LabHost web = join("web", "bridge", Egress.NONE, "8080:80");
        LabHost pinned = join("pinned", "bridge", by("uplink=eth1"), "8081:80");
        web.tcpWhoAmI("0.0.0.0", 80);
        pinned.tcpWhoAmI("0.0.0.0", 80);
        for (String address : List.of(Site.HOST, Site.SECOND_HOST, THIRD)) {
            for (int port : new int[] {8080, 8081}) {
                assertThat(stage.isAnswered(address, Site.SERVICE, port))
                        .as("%s:%s", address, port)
                        .isTrue();
            }
        }
        assertThat(seen(web)).isEqualTo(Site.HOST);
        assertThat(seen(pinned)).isEqualTo(Site.SECOND_HOST);
    }

    @Test
    void allowList_letsThroughWhatIsOnIt_andRefusesTheRestAtOnce() {
        internet.tcpWhoAmI(Site.SERVICE, 8);
        internet.udpWhoAmI(Site.SERVICE, 9);
        internet.udpWhoAmI(Site.SERVICE, 10);
        LabHost neighbour = join("neighbour", "bridge", Egress.NONE);
        neighbour.tcpWhoAmI("0.0.0.0", 80);
        create("other", 2, BY_ETH1);
        LabHost other = join("other", "other", Egress.NONE, "8088:80");
        other.tcpWhoAmI("0.0.0.0", 80);
        LabHost box = join(
                "box",
                "bridge",
                to(Site.SERVICE + ":7", Site.SERVICE + ":9/udp", Site.GATEWAY, "0.0.0.0/0:5-6/tcp"),
                "8080:80");
        box.tcpWhoAmI("0.0.0.0", 80);

        assertThat(box.reachTcp(Site.SERVICE, 7, SHORT)).isEqualTo(Reach.CONNECTED);
        assertThat(box.reachTcp(Site.SERVICE, 8, SHORT)).isEqualTo(Reach.UNREACHABLE);
        assertThat(box.askUdp(Site.SERVICE, 9, "?", SHORT)).isPresent();
        assertThatThrownBy(() -> box.askUdp(Site.SERVICE, 10, "?", SHORT)).hasMessageContaining("No route to host");
        assertThat(stage.pings(box, Site.GATEWAY)).as("all protocols").isTrue();
        assertThat(stage.pings(box, Site.SERVICE)).isFalse();
        assertThat(box.reachTcp(on.address("neighbour"), 80, SHORT))
                .as("its own network")
                .isEqualTo(Reach.CONNECTED);
        assertThat(box.reachTcp(Site.HOST, 8088, SHORT))
                .as("another network, by a published port")
                .isEqualTo(Reach.UNREACHABLE);
        assertThat(stage.pings(box, "172.17.0.1")).as("the host").isTrue();
        assertThat(internet.reachTcp(Site.HOST, 8080, SHORT))
                .as("what it publishes")
                .isEqualTo(Reach.CONNECTED);
        assertThat(stage.pings(neighbour, Site.SERVICE)).isTrue();
        assertThat(host.exec("nft", "list", "chain", "ip", "bailey", "leaving").output())
                .contains("not on the endpoint's allow list")
                .doesNotContain("packets 0 ");
    }

    @Test
    void restart_changesNothing_andWhatIsBrokenIsMended() throws InterruptedException {
        create("second", 1, BY_ETH1);
        LabHost box = join("a", "second", with(THIRD));
        join("b", "bridge", to("192.0.2.0/24", "10.0.0.0/8:1-99/tcp"));
        String before = state();
        assertThat(before).contains("fwmark", "lookup 717001", "suppress_prefixlength 0");

        on.restart(backend);
        assertThat(state()).isEqualTo(before);

        host.exec("sh", "-c", "ip rule del priority 30070; ip rule del priority 30071; ip route flush table 717001");
        for (int i = 0; i < 100 && !state().equals(before); i++) {
            Thread.sleep(20);
        }
        assertThat(ordered(stage.routing("-4"))).isEqualTo(ordered(before.substring(before.indexOf("0:\tfrom all"))));
        assertThat(seen(box)).isEqualTo(THIRD);
    }

    private String state() {
        return host.exec("nft", "-a", "list", "table", "ip", "bailey").output() + stage.routing("-4");
    }

    private static List<String> ordered(String lines) {
        return lines.lines().sorted().toList();
    }

    @Test
    void whatCannotBe_isRefused() {
        on.engine.createNetwork(NetworkRequest.of("open").with(NetworkOptions.DEFAULT.withGuarded(false)));
        assertThatThrownBy(() -> join("a", "open", to("10.0.0.0/8")))
                .hasMessageContaining("everybody may send as whom they like");
        on.engine.createNetwork(NetworkRequest.of("in").with(new NetworkOptions(true, true, true)));
        assertThatThrownBy(() -> join("b", "in", with(THIRD))).hasMessageContaining("is internal, nothing leaves it");
        assertThatThrownBy(() -> join("c", "bridge", by("uplink=bailey0")))
                .hasMessageContaining("bailey0 is the bridge of network bridge and no uplink");
    }
}
