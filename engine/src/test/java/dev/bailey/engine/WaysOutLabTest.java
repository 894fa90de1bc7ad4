package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.view.Finding;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
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
    private static final String THIRD = "203.0.113.9";
    private static final EgressWay BY_ETH1 = EgressWay.parse("uplink=eth1");

    private final FirewallBackend backend;
    private Site site;
    private LabHost host;
    private LabHost internet;
    private IptablesHost on;

    WaysOutLabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        site = Site.build(lab);
        host = site.host();
        internet = site.internet();
        site.addSecondUplink();
        host.address("eth1", THIRD + "/24");
        secondDefaultRoute();
        for (String link : List.of("h0", "h1")) {
            internet.sysctl("net.ipv4.conf." + link + ".rp_filter", "1");
        }
        host.sysctl("net.ipv4.conf.all.rp_filter", "2");
        internet.tcpWhoAmI(Site.SERVICE, 7);
        internet.udpWhoAmI(Site.SERVICE, 7);
        on = new IptablesHost(host, lab.directory(), backend, "nft");
    }

    private void secondDefaultRoute() {
        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "dev", "eth1", "metric", "200");
    }

    @AfterEach
    void stop() {
        on.engine.snapshot().sandboxes().forEach(sandbox -> on.engine.removeSandbox(sandbox.id()));
        on.engine.snapshot().networks().stream()
                .filter(network -> !network.isDefault())
                .forEach(network -> on.engine.removeNetwork(network.id()));
        on.engine.close();
        host.call(() -> {
            Engine.dismantle(EngineOptions.of(
                    host.lab().directory().resolve("data"),
                    host.lab().directory().resolve("exec")));
            return true;
        });
        assertThat(routing()).doesNotContain("717", "proto 71", "fwmark");
        assertThat(host.exec("nft", "list", "tables").output()).doesNotContain("ip bailey\n");
    }

    private String routing() {
        return host.exec("ip", "rule").output()
                + host.exec("ip", "-4", "route", "show", "table", "all").output();
    }

    private void create(String name, int number, EgressWay way) {
        on.engine.createNetwork(NetworkRequest.of(name)
                .withSubnet(Subnet.parse("10.9." + number + ".0/24"))
                .with(NetworkOptions.DEFAULT.with(Optional.of(way))));
    }

    private LabHost join(String box, String network, Egress egress, String... ports) {
        LabHost made = host.lab().host(box);
        on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(made.path(), box), network)
                .withEgress(egress)
                .withPorts(Stream.of(ports).map(PortRequest::parse).toList()));
        return made;
    }

    private static Egress by(String way) {
        return new Egress(Optional.of(EgressWay.parse(way)), Optional.empty(), List.of());
    }

    private static Egress with(String source) {
        return new Egress(Optional.empty(), Optional.of(Ipv4Address.parse(source)), List.of());
    }

    private static Egress to(String... targets) {
        return new Egress(
                Optional.empty(),
                Optional.empty(),
                Stream.of(targets).map(EgressTarget::parse).toList());
    }

    private static String seen(LabHost from) {
        try (TcpConnection connection = from.connectTcp(Site.SERVICE, 7)) {
            return connection.readAll().strip().replaceFirst(":\\d+$", "");
        }
    }

    private List<String> findings() {
        try (HostInspector inspector = host.call(() -> HostInspector.open(on.engine::snapshot))) {
            return inspector.diagnose(on.engine.health()).stream()
                    .map(Finding::what)
                    .toList();
        }
    }

    /** Each one by itself: a connection that begins while the way changes may hear nothing more. */
    private static String seenByDatagram(LabHost from) {
        return from.askUdp(Site.SERVICE, 7, "?", Duration.ofMillis(300))
                .map(answer -> answer.replaceFirst(":\\d+$", ""))
                .orElse("");
    }

    private static void awaitSeen(LabHost from, String address) throws InterruptedException {
        for (int i = 0; i < 100 && !seenByDatagram(from).equals(address); i++) {
            Thread.sleep(20);
        }
        assertThat(seen(from)).isEqualTo(address);
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
        secondDefaultRoute();
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
                String ask = "TCP:" + address + ":" + port + ",bind=" + Site.SERVICE + ",connect-timeout=2";
                assertThat(internet.exec("socat", "-u", ask, "-").output())
                        .as("%s:%s", address, port)
                        .startsWith(Site.SERVICE + ":");
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
        assertThat(pings(box, Site.GATEWAY)).as("all protocols").isTrue();
        assertThat(pings(box, Site.SERVICE)).isFalse();
        assertThat(box.reachTcp(on.address("neighbour"), 80, SHORT))
                .as("its own network")
                .isEqualTo(Reach.CONNECTED);
        assertThat(box.reachTcp(Site.HOST, 8088, SHORT))
                .as("another network, by a published port")
                .isEqualTo(Reach.UNREACHABLE);
        assertThat(pings(box, "172.17.0.1")).as("the host").isTrue();
        assertThat(internet.reachTcp(Site.HOST, 8080, SHORT))
                .as("what it publishes")
                .isEqualTo(Reach.CONNECTED);
        assertThat(pings(neighbour, Site.SERVICE)).isTrue();
        assertThat(host.exec("nft", "list", "chain", "ip", "bailey", "leaving").output())
                .contains("not on the endpoint's allow list")
                .doesNotContain("packets 0 ");
    }

    private static boolean pings(LabHost from, String address) {
        return from.command("ping", "-c1", "-W1", address).execute().exitCode() == 0;
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
        assertThat(ordered(routing())).isEqualTo(ordered(before.substring(before.indexOf("0:\tfrom all"))));
        assertThat(seen(box)).isEqualTo(THIRD);
    }

    private String state() {
        return host.exec("nft", "-a", "list", "table", "ip", "bailey").output() + routing();
    }

    private static List<String> ordered(String lines) {
        return lines.lines().sorted().toList();
    }

    @Test
    void whatCannotBe_isRefused() {
        assertThatThrownBy(() -> on.engine.createNetwork(NetworkRequest.of("six")
                        .with(NetworkOptions.DEFAULT.with(Optional.of(BY_ETH1)))
                        .with(Ipv6Request.ANY)))
                .hasMessageContaining("has IPv6, for which there is not a way out yet");
        on.engine.createNetwork(NetworkRequest.of("open").with(NetworkOptions.DEFAULT.withGuarded(false)));
        assertThatThrownBy(() -> join("a", "open", to("10.0.0.0/8")))
                .hasMessageContaining("everybody may send as whom they like");
        on.engine.createNetwork(NetworkRequest.of("in").with(new NetworkOptions(true, true, true)));
        assertThatThrownBy(() -> join("b", "in", with(THIRD))).hasMessageContaining("is internal, nothing leaves it");
        assertThatThrownBy(() -> join("c", "bridge", by("uplink=bailey0")))
                .hasMessageContaining("bailey0 is the bridge of network bridge and no uplink");
    }
}
