package dev.bailey.engine;

import static dev.bailey.engine.WaysOutHost.BY_ETH1;
import static dev.bailey.engine.WaysOutHost.HOST6;
import static dev.bailey.engine.WaysOutHost.SECOND_HOST6;
import static dev.bailey.engine.WaysOutHost.SERVICE6;
import static dev.bailey.engine.WaysOutHost.THIRD;
import static dev.bailey.engine.WaysOutHost.THIRD6;
import static dev.bailey.engine.WaysOutHost.egress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways out of networks with both families, as the internet sees them. */
@Tag("lab")
@Timeout(60)
@ExtendWith(LabExtension.class)
@ParameterizedClass
@EnumSource(FirewallBackend.class)
@SuppressWarnings("NullAway.Init") // set before each test
class WaysOutIpv6LabTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final FirewallBackend backend;
    private WaysOutHost stage;
    private LabHost host;
    private LabHost internet;

    WaysOutIpv6LabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        stage = new WaysOutHost(lab, backend);
        host = stage.host;
        internet = stage.internet;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private static void assertSeen(LabHost from, String ipv4, String ipv6) {
        assertThat(WaysOutHost.seen(from, Site.SERVICE)).as("IPv4 of " + from).isEqualTo(ipv4);
        assertThat(WaysOutHost.seen(from, SERVICE6)).as("IPv6 of " + from).isEqualTo(ipv6);
    }

    @Test
    void oneUplink_leadsBothFamilies_theNearestOneCounts() {
        stage.createDual("second", 1, Optional.of(BY_ETH1));
        stage.createDual("plain", 2, Optional.empty());
        assertSeen(stage.join("a", "second", Egress.NONE), Site.SECOND_HOST, SECOND_HOST6);
        assertSeen(stage.join("b", "second", egress("uplink=eth0")), Site.HOST, HOST6);
        assertSeen(stage.join("c", "plain", egress("uplink=eth1")), Site.SECOND_HOST, SECOND_HOST6);
        LabHost plain = stage.join("d", "plain", Egress.NONE);
        assertSeen(plain, Site.HOST, HOST6);

        host.exec("ip", "-6", "route", "add", "default", "via", "2001:db8:2::1", "table", "100");
        assertSeen(stage.join("e", "plain", egress("table=100")), Site.HOST, SECOND_HOST6);
        host.exec("ip", "-6", "route", "flush", "table", "100");
    }

    @Test
    void sourceAddress_isGivenForEachFamily() {
        stage.createDual("second", 1, Optional.of(BY_ETH1));
        assertSeen(stage.join("a", "second", egress("ip=" + THIRD6)), Site.SECOND_HOST, THIRD6);
        assertSeen(stage.join("b", "second", egress("ip=" + THIRD, "ip=" + THIRD6)), THIRD, THIRD6);
        assertSeen(stage.join("c", "second", egress("ip=" + THIRD)), THIRD, SECOND_HOST6);
    }

    @Test
    void uplinkGoesAndComes_packetsOfBothFamiliesFollow() throws InterruptedException {
        stage.createDual("second", 1, Optional.of(BY_ETH1));
        LabHost box = stage.join("a", "second", Egress.NONE);
        assertSeen(box, Site.SECOND_HOST, SECOND_HOST6);
        List<EngineEvent> events = new CopyOnWriteArrayList<>();
        stage.engine().subscribe(events::add);

        host.exec("ip", "link", "set", "eth1", "down");
        WaysOutHost.awaitSeen(box, SERVICE6, HOST6);
        WaysOutHost.awaitSeen(box, Site.SERVICE, Site.HOST);
        host.exec("ip", "link", "set", "eth1", "up");
        stage.restoreSecondUplink();
        WaysOutHost.awaitSeen(box, SERVICE6, SECOND_HOST6);
        WaysOutHost.awaitSeen(box, Site.SERVICE, Site.SECOND_HOST);
        host.exec("ip", "-6", "route", "del", "default", "dev", "eth1");
        WaysOutHost.awaitSeen(box, SERVICE6, HOST6);
        assertThat(WaysOutHost.seen(box, Site.SERVICE))
                .as("of IPv4 nothing has changed")
                .isEqualTo(Site.SECOND_HOST);
        assertThat(events)
                .as("what an uplink takes with it is not broken by anybody")
                .noneMatch(EngineEvent.Repaired.class::isInstance);
    }

    @Test
    void publishedPort_isAnsweredByTheUplinkThatItWasAskedAt() {
        stage.createDual("dual", 1, Optional.empty());
        LabHost web = stage.join("web", "dual", Egress.NONE, "8080:80");
        LabHost pinned = stage.join("pinned", "dual", egress("uplink=eth1"), "8081:80");
        web.tcpWhoAmI("::", 80);
        pinned.tcpWhoAmI("::", 80);
        for (int port : new int[] {8080, 8081}) {
            for (String address : List.of(HOST6, SECOND_HOST6, THIRD6)) {
                assertThat(stage.isAnswered(address, SERVICE6, port))
                        .as("%s:%s", address, port)
                        .isTrue();
            }
            for (String address : List.of(Site.HOST, Site.SECOND_HOST)) {
                assertThat(stage.isAnswered(address, Site.SERVICE, port))
                        .as("%s:%s", address, port)
                        .isTrue();
            }
        }
        assertSeen(web, Site.HOST, HOST6);
        assertSeen(pinned, Site.SECOND_HOST, SECOND_HOST6);
    }

    @Test
    void allowList_letsThroughWhatIsOnIt_andRefusesTheRestAtOnce() {
        internet.tcpWhoAmI(SERVICE6, 8);
        internet.udpWhoAmI(SERVICE6, 9);
        internet.udpWhoAmI(SERVICE6, 10);
        stage.createDual("dual", 1, Optional.empty());
        stage.createDual("other", 2, Optional.of(BY_ETH1));
        stage.join("neighbour", "dual", Egress.NONE).tcpWhoAmI("::", 80);
        stage.join("other", "other", Egress.NONE, "8088:80").tcpWhoAmI("::", 80);
        LabHost box = stage.join(
                "box",
                "dual",
                egress("allow=[" + SERVICE6 + "]:7", "allow=[2001:db8:ffff::/48]:9/udp", "allow=2001:db8:1::1"),
                "8080:80");
        box.tcpWhoAmI("::", 80);
        for (String bridged : new String[] {"0", "1"}) {
            host.sysctl("net.bridge.bridge-nf-call-ip6tables", bridged);
            assertThat(box.reachTcp(SERVICE6, 7, SHORT)).isEqualTo(Reach.CONNECTED);
            assertThat(isRefused(box, SERVICE6, 8)).isTrue();
            assertThat(box.askUdp(SERVICE6, 9, "?", SHORT)).isPresent();
            assertThatThrownBy(() -> box.askUdp(SERVICE6, 10, "?", SHORT)).hasMessageContaining("Permission denied");
            assertThat(stage.pings(box, "2001:db8:1::1")).as("all protocols").isTrue();
            assertThat(stage.pings(box, SERVICE6)).isFalse();
            box.exec("ip", "neigh", "flush", "dev", "eth0");
            assertThat(box.reachTcp("fd00:9:1::2", 80, SHORT))
                    .as("its own network")
                    .isEqualTo(Reach.CONNECTED);
            assertThat(isRefused(box, HOST6, 8088))
                    .as("another network, by a published port")
                    .isTrue();
            assertThat(stage.pings(box, "fd00:9:1::1")).as("the host").isTrue();
            assertThat(stage.isAnswered(HOST6, SERVICE6, 8080))
                    .as("what it publishes")
                    .isTrue();
            assertThat(isRefused(box, Site.SERVICE, 7)).as("nothing of IPv4").isTrue();
        }
        assertThat(host.exec("nft", "list", "chain", "ip6", "bailey", "leaving").output())
                .contains("not on the endpoint's allow list")
                .doesNotContain("packets 0 ");
    }

    /** At once, while what is dropped would time out. */
    private static boolean isRefused(LabHost from, String address, int port) {
        String ask = (address.indexOf(':') >= 0 ? "TCP6:[" + address + "]:" : "TCP:" + address + ":") + port
                + ",connect-timeout=2";
        var answer = from.command("socat", "-u", ask, "-").execute();
        return answer.exitCode() != 0 && answer.error().matches("(?s).*(Permission denied|No route to host).*");
    }

    @Test
    void allowListOfOneFamily_locksTheOther() {
        stage.createDual("dual", 1, Optional.empty());
        LabHost ipv4Only = stage.join("a", "dual", egress("allow=0.0.0.0/0"));
        LabHost ipv6Only = stage.join("b", "dual", egress("allow=::/0"));
        assertThat(WaysOutHost.seen(ipv4Only, Site.SERVICE)).isEqualTo(Site.HOST);
        assertThat(isRefused(ipv4Only, SERVICE6, 7)).isTrue();
        assertThat(stage.pings(ipv4Only, "fd00:9:1::3")).as("its own network").isTrue();
        assertThat(WaysOutHost.seen(ipv6Only, SERVICE6)).isEqualTo(HOST6);
        assertThat(isRefused(ipv6Only, Site.SERVICE, 7)).isTrue();
        stage.engine().detach(stage.on.endpoint("b").id());
        assertThat(isRefused(ipv4Only, SERVICE6, 7)).isTrue();
    }

    @Test
    void restart_changesNothing_andWhatIsBrokenIsMended() throws InterruptedException {
        stage.createDual("second", 1, Optional.of(BY_ETH1));
        stage.createDual("dual", 2, Optional.empty());
        LabHost box = stage.join("a", "second", egress("ip=" + THIRD6));
        stage.join("b", "dual", egress("allow=192.0.2.0/24", "allow=[2001:db8::/32]:1-99/tcp"));
        String before = state();
        assertThat(before).contains("table ip6 bailey", "dev eth1 proto 71 metric 1024 onlink");

        stage.on.restart(backend);
        assertThat(state()).isEqualTo(before);

        host.exec(
                "sh",
                "-c",
                "ip -6 rule del priority 30070; ip -6 rule del priority 30071; ip -6 route flush table 717002");
        for (int i = 0; i < 100 && !ordered(state()).equals(ordered(before)); i++) {
            Thread.sleep(20);
        }
        assertThat(ordered(state())).isEqualTo(ordered(before));
        assertThat(WaysOutHost.seen(box, SERVICE6)).isEqualTo(THIRD6);
    }

    private String state() {
        return host.exec("nft", "-a", "list", "table", "ip6", "bailey").output()
                + host.exec("ip", "-6", "rule").output()
                + host.exec("ip", "-6", "route", "show", "table", "717002").output();
    }

    private static List<String> ordered(String lines) {
        return lines.lines().sorted().toList();
    }

    /** Socat carries the packets of a link without Ethernet over the uplink, as tunnels do. */
    @Test
    void linkWithoutNextHops_isAnUplinkWhereSomebodyAsksForIt_withoutADefaultRoute() throws InterruptedException {
        stage.createDual("dual", 1, Optional.of(EgressWay.parse("uplink=tun0")));
        LabHost box = stage.join("a", "dual", Egress.NONE, "8080:80");
        box.tcpWhoAmI("::", 80);
        LabHost other = stage.join("b", "bridge", Egress.NONE);
        assertSeen(box, Site.HOST, HOST6);
        try (LabProcess there = tunnel(internet, Site.GATEWAY, Site.HOST, 1)) {
            for (String time : List.of("first", "second")) {
                try (LabProcess here = tunnel(host, Site.HOST, Site.GATEWAY, 2)) {
                    assertThat(there.isAlive() && here.isAlive()).as(time).isTrue();
                    WaysOutHost.awaitSeen(box, Site.SERVICE, "10.8.0.2");
                    WaysOutHost.awaitSeen(box, SERVICE6, "fd00:8::2");
                    assertThat(host.exec("ip", "route", "show", "default").output())
                            .doesNotContain("tun0");
                    assertThat(stage.isAnswered("fd00:8::2", SERVICE6, 8080)).isTrue();
                    assertThat(stage.isAnswered("10.8.0.2", Site.SERVICE, 8080)).isTrue();
                    host.sysctl("net.ipv6.conf.tun0.disable_ipv6", "1");
                    WaysOutHost.awaitSeen(box, SERVICE6, HOST6);
                    assertThat(WaysOutHost.seen(box, Site.SERVICE))
                            .as("switched off on the link was IPv6 alone")
                            .isEqualTo("10.8.0.2");
                    assertThat(WaysOutHost.seen(other, Site.SERVICE))
                            .as("nobody else's")
                            .isEqualTo(Site.HOST);
                }
                WaysOutHost.awaitSeen(box, SERVICE6, HOST6);
                WaysOutHost.awaitSeen(box, Site.SERVICE, Site.HOST);
            }
        }
    }

    private static LabProcess tunnel(LabHost on, String from, String to, int number) throws InterruptedException {
        LabProcess process = on.command(
                        "socat",
                        "UDP-DATAGRAM:" + to + ":5000,bind=" + from + ":5000",
                        "TUN:10.8.0." + number + "/24,tun-name=tun0,iff-no-pi,iff-up")
                .start();
        for (int i = 0;
                i < 100 && !on.command("ip", "link", "show", "tun0").execute().succeeded();
                i++) {
            Thread.sleep(20);
        }
        on.exec("ip", "addr", "add", "fd00:8::" + number + "/64", "dev", "tun0", "nodad");
        return process;
    }

    /** The table is there where a network of the family is, and as long as that is. */
    @Test
    void hostWithSeveralUplinks_hasNothingOfIpv6_untilANetworkHas() {
        assertThat(host.exec("nft", "list", "tables").output())
                .contains("table ip bailey\n")
                .doesNotContain("ip6 bailey\n");
        assertThat(host.exec("ip", "-6", "rule").output()).doesNotContain("fwmark");
        stage.createDual("dual", 1, Optional.empty());
        assertThat(host.exec("nft", "list", "tables").output()).contains("table ip6 bailey\n");
        stage.engine()
                .removeNetwork(stage.engine()
                        .snapshot()
                        .networkNamed("dual")
                        .orElseThrow()
                        .id());
        assertThat(host.exec("nft", "list", "tables").output()).doesNotContain("ip6 bailey\n");
        assertThat(host.exec("ip", "-6", "rule").output()).doesNotContain("fwmark");
    }

    @Test
    void addressOfIpv6_onANetworkWithoutIt_isRefused() {
        assertThatThrownBy(() -> stage.join("a", "bridge", egress("ip=" + THIRD6)))
                .hasMessage("network bridge has no IPv6, and nothing leaves it with " + THIRD6
                        + ": leave the address out, or join a network with IPv6");
    }
}
