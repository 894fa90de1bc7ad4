package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Published ports with real packets, from everywhere and with either backend. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@ParameterizedClass
@EnumSource(FirewallBackend.class)
class PublishLabTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final String HOST = "198.51.100.2";
    private static final String LAN = "198.51.100.1";

    private final FirewallBackend backend;

    @TempDir
    Path folder;

    private LabHost lan;
    private LabHost host;
    private LabHost web;
    private Endpoint endpoint;
    private IptablesHost on;

    PublishLabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        lan = lab.host("lan");
        IptablesHost.wire(host, lan);
        on = new IptablesHost(host, folder, backend, "nft");
        web = lab.host("web");
        endpoint = attach(web, "80", "8080:80", "8080:80/udp", "127.0.0.1:8081:81", "9000-9999:9000-9999");
        for (int port : new int[] {80, 81, 82, 9500}) {
            web.tcpWhoAmI("0.0.0.0", port);
        }
        web.udpWhoAmI("0.0.0.0", 80);
        web.udpWhoAmI("0.0.0.0", 82);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    private Endpoint attach(LabHost box, String... ports) {
        return on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name()))
                .withPorts(requests(ports)));
    }

    private static List<PortRequest> requests(String... ports) {
        return Stream.of(ports).map(PortRequest::parse).toList();
    }

    private List<PortMapping> published() {
        return on.engine.snapshot().ports().of(endpoint.id()).stream()
                .map(PublishedPort::mapping)
                .toList();
    }

    /** Who the container says that it was, or how the attempt ended. */
    private static String tcp(LabHost from, String address, int port) {
        Reach reach = from.reachTcp(address, port, SHORT);
        if (reach != Reach.CONNECTED) {
            return reach.toString();
        }
        try (TcpConnection connection = from.connectTcp(address, port)) {
            return withoutPort(connection.readAll());
        }
    }

    private static String udp(LabHost from, String address, int port) {
        return from.askUdp(address, port, "?", SHORT)
                .map(PublishLabTest::withoutPort)
                .orElse("none");
    }

    private static String withoutPort(String end) {
        return end.substring(0, end.indexOf(':'));
    }

    @Test
    void published_isReachedFromEverywhere_andNothingElseIs(Lab lab) {
        LabHost peer = lab.host("peer");
        attach(peer);
        String container = on.address("web");
        String self = container;
        for (String bridged : new String[] {"0", "1"}) {
            host.sysctl("net.bridge.bridge-nf-call-iptables", bridged);
            assertReached(lan, HOST, LAN);
            assertReached(host, HOST, HOST);
            assertReached(host, "127.0.0.1", "172.17.0.1");
            assertReached(peer, HOST, "172.17.0.1");
            assertReached(peer, "172.17.0.1", "172.17.0.1");
            assertReached(web, HOST, "172.17.0.1");
        }

        assertThat(tcp(host, "127.0.0.1", 8081)).isEqualTo("172.17.0.1");
        for (LabHost other : List.of(lan, peer, web)) {
            assertThat(tcp(other, HOST, 8081)).as("8081 from " + other).isEqualTo("REFUSED");
        }
        for (int port : new int[] {80, 81, 82}) {
            assertThat(tcp(lan, container, port)).as("around, port " + port).isEqualTo("TIMED_OUT");
        }
        assertThat(udp(lan, container, 80)).isEqualTo("none");
        assertThat(udp(lan, HOST, 82)).isEqualTo("none");
        assertThat(tcp(lan, HOST, 82)).isEqualTo("REFUSED");
        assertThat(tcp(peer, self, 82)).isEqualTo(on.address("peer"));
    }

    /** With the address of who asks, as the container sees it. */
    private static void assertReached(LabHost from, String address, String seen) {
        String what = from + " to " + address;
        assertThat(tcp(from, address, 8080)).as(what + ", TCP").isEqualTo(seen);
        assertThat(udp(from, address, 8080)).as(what + ", UDP").isEqualTo(seen);
        assertThat(tcp(from, address, 9500)).as(what + ", range").isEqualTo(seen);
    }

    /** What a neighbour sends to 127.0.0.1 through the host, and what a container does, gets nowhere. */
    @Test
    void loopback_isTheHostsAlone() {
        sendLoopbackTo(lan, HOST);
        sendLoopbackTo(web, "172.17.0.1");
        host.tcpWhoAmI("127.0.0.1", 22);

        for (LabHost from : List.of(lan, web)) {
            for (int port : new int[] {22, 8080, 8081}) {
                assertThat(tcp(from, "127.0.0.1", port)).as(from + ", " + port).isEqualTo("TIMED_OUT");
            }
        }
        assertThat(tcp(host, "127.0.0.1", 22)).isEqualTo("127.0.0.1");
        assertThat(host.sysctl("net.ipv4.conf.up0.route_localnet")).isEqualTo("0");
    }

    private static void sendLoopbackTo(LabHost box, String gateway) {
        box.sysctl("net.ipv4.conf.all.route_localnet", "1");
        box.command("ip", "route", "flush", "table", "local", "dev", "lo").run();
        box.route("127.0.0.0/8", gateway);
    }

    /** A stale flow would keep a sender that goes on with the same port away from what was published meanwhile. */
    @Test
    void live_publishAndUnpublish() {
        on.engine.publish(endpoint.id(), requests("5353:82/udp", "7000-7002:80-82"));
        assertThatThrownBy(() -> on.engine.publish(endpoint.id(), requests("7001:1")))
                .hasMessage("cannot publish 0.0.0.0:7001/tcp: port is already allocated, it has it already"
                        + " (0.0.0.0:7000-7002/tcp); choose another port or address");
        assertThatThrownBy(() -> on.engine.publish(endpoint.id(), requests("7100:1", "7100:2")))
                .hasMessageContaining("this request has it twice (0.0.0.0:7100/tcp)");
        assertThat(udp(lan, HOST, 5353)).isEqualTo(LAN);
        assertThat(tcp(lan, HOST, 7002)).isEqualTo(LAN);

        List<PortMapping> gone = Stream.of("0.0.0.0:7000-7002:80-82/tcp", "0.0.0.0:5353:82/udp")
                .map(PortMapping::parse)
                .toList();
        on.engine.unpublish(endpoint.id(), gone);

        assertThat(tcp(lan, HOST, 7002)).isEqualTo("REFUSED");
        assertThat(udp(lan, HOST, 5353)).isEqualTo("none");
        assertThat(tcp(lan, HOST, 8080)).isEqualTo(LAN);
        assertThatThrownBy(() -> on.engine.unpublish(endpoint.id(), gone))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private LabProcess listening(int port) {
        LabProcess server =
                host.command("nc", "-lk", "-p", String.valueOf(port)).start();
        host.command("sh", "-c", "until nc -z 127.0.0.1 " + port + "; do sleep 0.1; done")
                .run();
        return server;
    }

    @Test
    void takenPort_amongMany_isRefusedAndNothingIsLeft(Lab lab) throws IOException {
        LabHost other = lab.host("other");
        int before = on.engine.snapshot().endpoints().size();
        try (var server = listening(6031)) {
            assertThatThrownBy(() -> attach(other, "6000-6031:80-111"))
                    .hasMessageContaining("cannot publish 0.0.0.0:6000-6031/tcp: port is already allocated, process nc")
                    .hasMessageContaining("(" + server.pid() + ") has port 6031/tcp");
            assertThatThrownBy(() -> on.engine.publish(endpoint.id(), requests("6000-6031:80-111")))
                    .hasMessageContaining("(" + server.pid() + ") has port 6031/tcp");
            assertThat(on.engine.snapshot().endpoints()).hasSize(before);
        }
        attach(other, "6000-6031:80-111");
        assertThat(tcp(lan, HOST, 6031)).isEqualTo("REFUSED");
        on.restart(backend);
        assertThat(on.engine.snapshot().endpoints()).hasSize(before + 1);
    }

    @Test
    void takenPort_isRefusedAndTheHolderNamed(Lab lab) throws IOException {
        LabHost other = lab.host("other");
        try (var server = listening(6000)) {
            assertThatThrownBy(() -> attach(other, "6000:80"))
                    .hasMessageContaining("cannot publish 0.0.0.0:6000/tcp: port is already allocated, process nc")
                    .hasMessageContaining("(" + server.pid() + ") has port 6000/tcp");
        }
        assertThatThrownBy(() -> attach(other, "127.0.0.1:9001:80"))
                .hasMessageContaining("container web has it (0.0.0.0:9000-9999/tcp)");
        assertThatThrownBy(() -> attach(other, "192.0.2.77:80:80"))
                .hasMessageContaining("192.0.2.77 is no address of this host");
        assertThat(on.engine.snapshot().sandboxNamed("other")).isEmpty();
        assertThat(host.exec("ip", "-o", "link", "show", "type", "veth")
                        .output()
                        .lines())
                .hasSize(2);
    }

    @Test
    void restart_movesNothing() {
        String rules = on.allRules();
        List<PortMapping> before = published();
        on.restart(backend);
        assertThat(on.allRules()).isEqualTo(rules);
        assertThat(published()).isEqualTo(before);
        assertThat(tcp(lan, HOST, 8080)).isEqualTo(LAN);
        on.engine.detach(endpoint.id());
        assertThat(on.allRules()).doesNotContain("172.17.0.2");
    }

    @Test
    void backendIsChanged_portsMoveWithIt() {
        FirewallBackend other =
                backend == FirewallBackend.NFTABLES ? FirewallBackend.IPTABLES : FirewallBackend.NFTABLES;
        on.restart(other);
        assertThat(tcp(lan, HOST, 8080)).isEqualTo(LAN);
        assertThat(tcp(host, "127.0.0.1", 8081)).isEqualTo("172.17.0.1");
        on.restart(backend);
        assertThat(tcp(lan, HOST, 8080)).isEqualTo(LAN);
    }
}
