package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.junit.LabExtension;
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

/** Ports of a sandbox on several networks: each endpoint answers by itself, wherever the default route is. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class SeveralNetworksLabTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String HOST_IPV6 = "2001:db8:1::2";

    private Lab lab;
    private LabHost host;
    private LabHost internet;
    private LabHost box;
    private RunningEngine running;

    @BeforeEach
    void build(Lab made) {
        lab = made;
        Site site = Site.build(made);
        host = site.host();
        internet = site.internet();
        host.exec("ip", "addr", "add", HOST_IPV6 + "/64", "dev", "eth0", "nodad");
        internet.exec("ip", "addr", "add", "2001:db8:1::1/64", "dev", "h0", "nodad");
        running = RunningEngine.start(host);
        create("back", "10.9.0.0/24");
        create("front", "10.9.1.0/24");
        box = lab.host("box");
        box.tcpWhoAmI("::", 80);
    }

    private void create(String name, String subnet) {
        running.engine()
                .createNetwork(
                        NetworkRequest.of(name).withSubnet(Subnet.parse(subnet)).with(Ipv6Request.ANY));
    }

    @AfterEach
    void stop() {
        Engine engine = running.engine();
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        assertThat(rules()).isEmpty();
        assertThat(box.exec("ip", "route", "show", "table", "all").output()).doesNotContain("10.9.", "718");
        assertThat(box.exec("ip", "-6", "route", "show", "table", "all").output())
                .doesNotContain("default via", "718");
        running.close();
    }

    private Endpoint join(LabHost who, String network, String... ports) {
        return running.engine()
                .attach(AttachRequest.of(new SandboxTarget.Foreign(who.path(), who.name()), network)
                        .withPorts(Stream.of(ports).map(PortRequest::parse).toList()));
    }

    private List<String> rules() {
        return Stream.of("-4", "-6")
                .flatMap(family -> box.exec("ip", family, "rule").output().lines())
                .filter(line -> line.startsWith("30074:"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
    }

    private String tcp(LabHost from, String address, int port) {
        if (from.reachTcp(address, port, SHORT) != Reach.CONNECTED) {
            return "nothing";
        }
        try (TcpConnection connection = from.connectTcp(address, port)) {
            return connection.readAll().replaceAll(":\\d+$", "");
        }
    }

    private Optional<String> udp(int port) {
        return internet.askUdp(Site.HOST, port, "?", SHORT).map(text -> text.replaceAll(":\\d+$", ""));
    }

    private void answers(int port) {
        assertThat(tcp(internet, Site.HOST, port)).as("port " + port).endsWith(Site.GATEWAY);
        assertThat(udp(port))
                .as("port " + port)
                .hasValueSatisfying(who -> assertThat(who).endsWith(Site.GATEWAY));
        assertThat(internet.reachTcp(HOST_IPV6, port, SHORT))
                .as("port " + port + " of IPv6")
                .isEqualTo(Reach.CONNECTED);
    }

    @Test
    void port_isAnsweredByTheEndpointThatHasIt_whoeverHasTheDefaultRoute() {
        Endpoint front = join(box, "front", "8081:80", "8081:80/udp");
        box.udpWhoAmI(front.ipv4().orElseThrow().address().address().toString(), 80);
        assertThat(rules()).isEmpty();
        answers(8081);
        Endpoint back = join(box, "back", "8080:80", "8080:80/udp");
        assertThat(box.exec("ip", "route").output()).contains("default via 10.9.0.1 dev eth1");
        box.udpWhoAmI(back.ipv4().orElseThrow().address().address().toString(), 80);
        assertThat(rules())
                .hasSize(4)
                .anySatisfy(rule -> assertThat(rule)
                        .contains("from " + front.ipv4().orElseThrow().address().address() + " lookup"));
        answers(8080);
        answers(8081);
        running.engine().detach(back.id());
        assertThat(rules()).isEmpty();
        answers(8081);
    }

    /** As with Docker: who has IPv4 on one network and IPv6 on another is published in both families, or in none. */
    @Test
    void sandboxOnNetworksOfOneFamilyEach_isPublishedInBoth_orNotAtAll() {
        Engine engine = running.engine();
        engine.createNetwork(NetworkRequest.of("old").withSubnet(Subnet.parse("10.9.2.0/24")));
        engine.createNetwork(NetworkRequest.of("new").with(Ipv6Request.ANY).withoutIpv4());
        SandboxId sandbox = join(box, "old").sandbox();
        Endpoint alone = join(box, "new");
        List<PortRequest> wanted = List.of(PortRequest.parse("8090:80"));
        assertThat(engine.publish(sandbox, wanted))
                .extracting(PortMapping::toString)
                .containsExactly("0.0.0.0:8090:80/tcp", "[::]:8090:80/tcp");
        assertThat(internet.reachTcp(Site.HOST, 8090, SHORT)).isEqualTo(Reach.CONNECTED);
        assertThat(internet.reachTcp(HOST_IPV6, 8090, SHORT)).isEqualTo(Reach.CONNECTED);

        join(lab.host("other"), "new", "[::]:8091:80");
        assertThatThrownBy(() -> engine.publish(sandbox, List.of(PortRequest.parse("8091:80"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("port is already allocated, container other has it");
        assertThat(engine.snapshot().ports().all())
                .extracting(port -> port.mapping().hostEnd())
                .containsExactlyInAnyOrder("0.0.0.0:8090/tcp", "[::]:8090/tcp", "[::]:8091/tcp");
        assertThat(internet.reachTcp(Site.HOST, 8091, SHORT)).isEqualTo(Reach.REFUSED);
        engine.detach(alone.id());
        assertThat(internet.reachTcp(Site.HOST, 8090, SHORT)).isEqualTo(Reach.CONNECTED);
        assertThat(internet.reachTcp(HOST_IPV6, 8090, SHORT)).isNotEqualTo(Reach.CONNECTED);
    }

    @Test
    void host_andNeighboursOfBothNetworks_areAnsweredToo() {
        join(box, "back", "8080:80");
        join(box, "front", "8081:80");
        LabHost behind = lab.host("behind");
        LabHost before = lab.host("before");
        LabHost apart = lab.host("apart");
        join(behind, "back");
        join(before, "front");
        join(apart, "bridge");
        for (int port : new int[] {8080, 8081}) {
            for (LabHost from : List.of(behind, before, apart)) {
                assertThat(from.reachTcp(Site.HOST, port, SHORT))
                        .as(from.name() + " to " + port)
                        .isEqualTo(Reach.CONNECTED);
            }
            assertThat(host.reachTcp("127.0.0.1", port, SHORT)).isEqualTo(Reach.CONNECTED);
            assertThat(host.reachTcp(Site.HOST, port, SHORT)).isEqualTo(Reach.CONNECTED);
        }
    }

    @Test
    void routesOfTheSandboxsOwn_areTakenAsBefore() {
        running.engine()
                .createNetwork(NetworkRequest.of("open")
                        .withSubnet(Subnet.parse("10.9.2.0/24"))
                        .with(NetworkOptions.DEFAULT.withGuarded(false)));
        join(box, "back");
        join(box, "open");
        LabHost router = lab.host("router");
        String hop =
                join(router, "open").ipv4().orElseThrow().address().address().toString();
        router.address("lo", "10.77.0.1/32");
        router.tcpWhoAmI("10.77.0.1", 7);
        box.route("10.77.0.0/24", hop);
        assertThat(tcp(box, "10.77.0.1", 7)).contains("10.9.2.");
        box.removeRoute("10.77.0.0/24", hop);
    }

    @Test
    void start_andRepair_putRulesBack() throws InterruptedException {
        Endpoint back = join(box, "back", "8080:80", "8080:80/udp");
        Endpoint front = join(box, "front", "8081:80", "8081:80/udp");
        box.udpWhoAmI(back.ipv4().orElseThrow().address().address().toString(), 80);
        box.udpWhoAmI(front.ipv4().orElseThrow().address().address().toString(), 80);
        List<String> rules = rules();
        running.inspector().close();
        running.engine().close();
        box.exec("ip", "rule", "del", "priority", "30074");
        box.exec("ip", "rule", "add", "from", "10.9.0.77", "priority", "30074", "table", "718999", "protocol", "71");
        running = RunningEngine.start(host);
        assertThat(rules()).containsExactlyInAnyOrderElementsOf(rules);
        answers(8081);

        host.exec("ip", "link", "del", front.hostEnd().value());
        for (int tries = 0; tries < 50 && internet.reachTcp(Site.HOST, 8081, SHORT) != Reach.CONNECTED; tries++) {
            Thread.sleep(20);
        }
        answers(8080);
        answers(8081);
        assertThat(rules()).hasSameSizeAs(rules);
    }
}
