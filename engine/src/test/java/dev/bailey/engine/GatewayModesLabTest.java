package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Gateway modes, trusted links, senders of ports and the address that packets leave with, with real packets. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@ParameterizedClass
@EnumSource(FirewallBackend.class)
class GatewayModesLabTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String HOST = "198.51.100.2";
    private static final String SECOND = "198.51.100.9";
    private static final String LAN = "198.51.100.1";
    private static final String PEER = "203.0.113.1";

    private final FirewallBackend backend;

    @TempDir
    Path folder;

    private LabHost host;
    private LabHost lan;
    private LabHost peer;
    private IptablesHost on;

    GatewayModesLabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        lan = lab.host("lan");
        peer = lab.host("peer");
        IptablesHost.wire(host, lan);
        host.address("up0", SECOND + "/24");
        lab.link(host, "tail0", "203.0.113.2/24", peer, "p0", PEER + "/24");
        lan.route("10.9.0.0/16", HOST);
        peer.route("10.9.0.0/16", "203.0.113.2");
        on = new IptablesHost(host, folder, backend, "nft");
    }

    @AfterEach
    void stop() {
        on.engine.snapshot().sandboxes().forEach(sandbox -> on.engine.removeSandbox(sandbox.id()));
        on.engine.snapshot().networks().stream()
                .filter(network -> !network.isDefault())
                .forEach(network -> on.engine.removeNetwork(network.id()));
        assertThat(on.allRules()).doesNotContain("10.9.", "br-", "tail0");
        on.close();
    }

    private void create(String name, int number, GatewayMode mode, Optional<String> source, String... trusted) {
        NetworkOptions options = new NetworkOptions(
                true,
                true,
                false,
                mode,
                NetworkOptions.ALL_ADDRESSES,
                source.map(Ipv4Address::parse),
                Stream.of(trusted).map(InterfaceName::new).toList(),
                true);
        on.engine.createNetwork(NetworkRequest.of(name)
                .withSubnet(Subnet.parse("10.9." + number + ".0/24"))
                .with(options));
    }

    private LabHost join(String box, String network, String... ports) {
        LabHost made = host.lab().host(box);
        on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(made.path(), box), network)
                .withPorts(requests(ports)));
        return made;
    }

    private static List<PortRequest> requests(String... ports) {
        return Stream.of(ports).map(PortRequest::parse).toList();
    }

    private Endpoint endpoint(LabHost box) {
        return on.engine
                .snapshot()
                .endpointsOf(on.engine
                        .snapshot()
                        .sandboxNamed(box.name())
                        .orElseThrow()
                        .id())
                .iterator()
                .next();
    }

    private void unpublish(LabHost box, String... mappings) {
        on.engine.unpublish(
                endpoint(box).id(), Stream.of(mappings).map(PortMapping::parse).toList());
    }

    /** Who the container says that it was, or how the attempt ended. */
    private static String tcp(LabHost from, String address, int port) {
        Reach reach = from.reachTcp(address, port, SHORT);
        if (reach != Reach.CONNECTED) {
            return reach.toString();
        }
        try (TcpConnection connection = from.connectTcp(address, port)) {
            String who = connection.readAll();
            return who.substring(0, who.indexOf(':'));
        }
    }

    private static String seenOutside(LabHost from) {
        try (TcpConnection connection = from.connectTcp(LAN, 7)) {
            String who = connection.readAll();
            return who.substring(0, who.indexOf(':'));
        }
    }

    private static boolean answers(LabHost from, String address, int port) {
        return from.askUdp(address, port, "?", SHORT).isPresent();
    }

    @Test
    void routed_publishedPortsAreOpenAtTheirOwnAddress() {
        create("routed", 1, GatewayMode.ROUTED, Optional.empty());
        LabHost web = join("web", "routed", "8080:80", "90-99:90-99/udp", "81:81,from=203.0.113.0/24");
        LabHost twin = join("twin", "routed", "8080:80");
        for (int port : new int[] {80, 81, 82}) {
            web.tcpWhoAmI("0.0.0.0", port);
        }
        twin.tcpWhoAmI("0.0.0.0", 80);
        web.udpWhoAmI("0.0.0.0", 95);
        String address = on.address("web");

        assertThat(tcp(lan, address, 80)).isEqualTo(LAN);
        assertThat(tcp(lan, on.address("twin"), 80))
                .as("the same port of another")
                .isEqualTo(LAN);
        assertThat(answers(lan, address, 95)).isTrue();
        assertThat(tcp(peer, address, 81)).isEqualTo(PEER);
        assertThat(tcp(lan, address, 81)).as("not for the LAN").isEqualTo("TIMED_OUT");
        assertThat(tcp(lan, address, 82)).isEqualTo("TIMED_OUT");
        assertThat(tcp(lan, HOST, 8080)).as("no port of the host").isEqualTo("REFUSED");

        TcpServer outside = lan.tcpWhoAmI(LAN, 7);
        assertThat(tcp(web, LAN, 7)).as("it leaves with its own address").isEqualTo(address);
        assertThat(outside.awaitClient().getHostString()).isEqualTo(address);

        assertThatThrownBy(() -> on.engine.publish(endpoint(web).id(), requests("127.0.0.1:83:83")))
                .hasMessage(
                        "cannot publish 127.0.0.1:83:83/tcp: network routed is routed, ports of its containers are open"
                                + " at their own addresses and not at 127.0.0.1: leave it out");
        assertThatThrownBy(() -> on.engine.publish(endpoint(web).id(), requests("80")))
                .hasMessageContaining("cannot publish 80/tcp: port is already allocated");
        unpublish(web, "80/tcp", "90-99/udp");
        assertThat(tcp(lan, address, 80)).isEqualTo("TIMED_OUT");
        assertThat(answers(lan, address, 95)).as("an open flow ends as well").isFalse();
    }

    @Test
    void trustedLink_reachesWhatIsPublishedAtItsOwnAddress() {
        create("trusting", 2, GatewayMode.NAT, Optional.empty(), "tail0");
        LabHost web = join("web", "trusting", "8080:80", "127.0.0.1:8081:80", "8082:82,from=198.51.100.0/24");
        for (int port : new int[] {80, 81, 82}) {
            web.tcpWhoAmI("0.0.0.0", port);
        }
        String address = on.address("web");

        assertThat(tcp(peer, address, 80)).isEqualTo(PEER);
        assertThat(tcp(lan, address, 80)).as("not from the LAN").isEqualTo("TIMED_OUT");
        assertThat(tcp(peer, address, 81)).as("not published").isEqualTo("TIMED_OUT");
        assertThat(tcp(peer, address, 82)).as("for some senders").isEqualTo("TIMED_OUT");

        unpublish(web, "0.0.0.0:8080:80/tcp");
        assertThat(tcp(peer, address, 80)).as("another port leads there still").isEqualTo(PEER);
        unpublish(web, "127.0.0.1:8081:80/tcp");
        assertThat(tcp(peer, address, 80)).isEqualTo("TIMED_OUT");
    }

    @Test
    void trustedLink_connectionGoesOn_whileAnotherPortLeadsThere() throws InterruptedException {
        create("trusting", 2, GatewayMode.NAT, Optional.empty(), "tail0");
        LabHost web = join("web", "trusting", "8084:84", "127.0.0.1:8085:84", "8086:86");
        web.tcpEcho("0.0.0.0", 84);
        web.tcpEcho("0.0.0.0", 86);
        try (TcpConnection kept = peer.connectTcp(on.address("web"), 84);
                TcpConnection lost = peer.connectTcp(on.address("web"), 86)) {
            kept.verifyEcho();
            lost.verifyEcho();
            unpublish(web, "0.0.0.0:8084:84/tcp", "0.0.0.0:8086:86/tcp");
            Await.until("the other connection to be forgotten", () -> !flows().contains(from(lost)));
            assertThat(flows()).contains(from(kept));
            kept.verifyEcho();
        }
    }

    private static String from(TcpConnection connection) {
        return "sport=" + connection.local().getPort() + " ";
    }

    private String flows() {
        return host.exec("conntrack", "-L", "-p", "tcp").output();
    }

    @Test
    void portForSomeSenders_isNoneForOthers() {
        LabHost web = join(
                "web",
                "bridge",
                "8080:80,from=203.0.113.0/24,127.0.0.1",
                HOST + ":8081:80/udp,from=198.51.100.1",
                "9000-9009:9000-9009,from=203.0.113.1");
        web.tcpWhoAmI("0.0.0.0", 80);
        web.tcpWhoAmI("0.0.0.0", 9005);
        web.udpWhoAmI("0.0.0.0", 80);

        assertThat(tcp(peer, "203.0.113.2", 8080)).isEqualTo(PEER);
        assertThat(tcp(peer, "203.0.113.2", 9005)).isEqualTo(PEER);
        assertThat(tcp(lan, HOST, 8080)).isEqualTo("REFUSED");
        assertThat(tcp(lan, HOST, 9005)).isEqualTo("REFUSED");
        assertThat(tcp(host, "127.0.0.1", 8080)).isEqualTo("172.17.0.1");
        assertThat(tcp(host, HOST, 8080)).as("the host is a sender as any").isEqualTo("REFUSED");
        assertThat(answers(lan, HOST, 8081)).isTrue();
        assertThat(answers(lan, SECOND, 8081)).as("at another address").isFalse();
        assertThat(answers(peer, "203.0.113.2", 8081)).isFalse();
    }

    @Test
    void sourceAddress_isWhatOthersSee() {
        create("one", 3, GatewayMode.NAT, Optional.of(SECOND));
        create("open", 4, GatewayMode.NAT_UNPROTECTED, Optional.of(SECOND));
        lan.tcpWhoAmI(LAN, 7);
        for (String network : List.of("one", "open")) {
            assertThat(seenOutside(join("box-" + network, network))).isEqualTo(SECOND);
        }
        assertThat(seenOutside(join("plain", "bridge"))).isEqualTo(HOST);
    }

    @Test
    void restart_movesNothing_andABackendIsChanged() {
        create("routed", 1, GatewayMode.ROUTED, Optional.empty());
        create("trusting", 2, GatewayMode.NAT, Optional.of(SECOND), "tail0");
        create("open", 4, GatewayMode.NAT_UNPROTECTED, Optional.empty());
        LabHost web = join("web", "routed", "80", "90-99/udp,from=10.0.0.0/8,198.51.100.1");
        web.tcpWhoAmI("0.0.0.0", 80);
        join("one", "trusting", "8080:80", "8081:80", "8443:443,from=203.0.113.0/24");
        join("two", "open", HOST + ":8080:80/udp,from=198.51.100.0/25", "7000-7009:7000-7009,from=198.51.100.1");

        String rules = on.allRules();
        on.restart(backend);
        assertThat(on.allRules()).isEqualTo(rules);
        assertThat(tcp(lan, on.address("web"), 80)).isEqualTo(LAN);

        FirewallBackend another =
                backend == FirewallBackend.NFTABLES ? FirewallBackend.IPTABLES : FirewallBackend.NFTABLES;
        on.restart(another);
        assertThat(tcp(lan, on.address("web"), 80)).isEqualTo(LAN);
        on.restart(backend);
        assertThat(on.allRules().lines())
                .containsExactlyInAnyOrderElementsOf(rules.lines().toList());
    }
}
