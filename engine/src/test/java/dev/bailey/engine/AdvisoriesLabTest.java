package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What neighbours and containers did to other engines, tried on this one; the numbers are the rows of
 * {@code docs/security-tests.md}.
 */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@ParameterizedClass
@EnumSource(FirewallBackend.class)
@SuppressWarnings("NullAway.Init") // set before each test
class AdvisoriesLabTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String HOST = "198.51.100.2";
    private static final String LAN = "198.51.100.1";
    private static final String CONTAINER = "172.17.0.2";
    private static final String BACK = "10.9.0.2";

    private final FirewallBackend backend;

    @TempDir
    Path folder;

    private LabHost lan;
    private LabHost host;
    private LabHost web;
    private LabHost back;
    private Endpoint endpoint;
    private IptablesHost on;

    AdvisoriesLabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        lan = lab.host("lan");
        IptablesHost.wire(host, lan);
        on = new IptablesHost(host, folder, backend, "nft");
        web = lab.host("web");
        endpoint = attach(web, Network.DEFAULT_NAME, "8080:80", "127.0.0.1:8081:81");
        on.engine.createNetwork(NetworkRequest.of("back")
                .withSubnet(Subnet.parse("10.9.0.0/24"))
                .with(NetworkOptions.DEFAULT));
        back = lab.host("back");
        attach(back, "back");
        for (int port : new int[] {80, 81, 82}) {
            web.tcpWhoAmI("0.0.0.0", port);
            back.tcpWhoAmI("0.0.0.0", port);
        }
    }

    @AfterEach
    void stop() {
        on.close();
    }

    private Endpoint attach(LabHost box, String network, String... ports) {
        return on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name()), network)
                .withPorts(Stream.of(ports).map(PortRequest::parse).toList()));
    }

    /** Who the server says that it was, or how the attempt ended. */
    private static String ask(LabHost from, String address, int port) {
        Reach reach = from.reachTcp(address, port, SHORT);
        if (reach != Reach.CONNECTED) {
            return reach.toString();
        }
        try (TcpConnection connection = from.connectTcp(address, port)) {
            String end = connection.readAll();
            return end.substring(0, end.indexOf(':'));
        }
    }

    private static void assertClosed(LabHost from, String address, int... ports) {
        for (int port : ports) {
            assertThat(ask(from, address, port))
                    .as(from + " to " + address + ":" + port)
                    .isIn("TIMED_OUT", "REFUSED", "UNREACHABLE");
        }
    }

    private static void routeLoopbackTo(LabHost box, String gateway) {
        box.sysctl("net.ipv4.conf.all.route_localnet", "1");
        box.exec("ip", "route", "flush", "table", "local", "dev", "lo");
        box.route("127.0.0.0/8", gateway);
    }

    @Test
    void row1_neighbourWithARoute_reachesNoPortOfAContainer_underEitherForwardPolicy() {
        for (String policy : List.of("DROP", "ACCEPT")) {
            host.exec("iptables-nft", "-P", "FORWARD", policy);
            Await.until(
                    "the published port under " + policy,
                    () -> ask(lan, HOST, 8080).equals(LAN));
            assertClosed(lan, CONTAINER, 80, 81, 82);
            assertThat(lan.command("ping", "-c1", "-W1", CONTAINER).execute().succeeded())
                    .isFalse();
        }
    }

    @Test
    void row2_portOfLoopback_isClosedToTheNeighbour_howeverItIsAddressed() {
        assertClosed(lan, CONTAINER, 81);
        assertClosed(lan, HOST, 8081);
        routeLoopbackTo(lan, HOST);
        assertClosed(lan, "127.0.0.1", 8081, 8080);
        assertThat(ask(host, "127.0.0.1", 8081)).isEqualTo("172.17.0.1");
    }

    @Test
    void rows3And4_rulesAreFlushed_guardAndIsolationAreThereAgain() {
        routeLoopbackTo(lan, HOST);
        String before = on.allRules();
        host.exec("nft", "flush", "ruleset");
        host.exec("iptables-nft", "-F");
        host.exec("iptables-nft", "-t", "nat", "-F");
        Await.until("the rules to be as before", () -> ours(on.allRules()).equals(ours(before)));
        assertClosed(lan, "127.0.0.1", 8081);
        assertClosed(lan, CONTAINER, 81, 82);
        assertClosed(web, BACK, 80);
        assertClosed(back, CONTAINER, 82);
        assertThat(ask(lan, HOST, 8080)).isEqualTo(LAN);
    }

    /** The lines that are about bridges and ports of ours, whatever the order of tables; counters start anew. */
    private static List<String> ours(String rules) {
        return rules.lines()
                .map(line -> line.strip().replaceAll("packets \\d+ bytes \\d+", ""))
                .filter(line -> line.contains("bailey") || line.contains("BAILEY") || line.contains("172.17."))
                .sorted()
                .toList();
    }

    /** Neither a publication nor a start puts rules of ours before those of others. */
    @Test
    void row9_portThatTheOperatorRedirects_staysTheOperators() {
        host.exec(
                "iptables-nft",
                "-t",
                "nat",
                "-I",
                "PREROUTING",
                "-p",
                "tcp",
                "--dport",
                "7070",
                "-j",
                "REDIRECT",
                "--to-ports",
                "9090");
        on.engine.publish(endpoint.id(), List.of(PortRequest.parse("7070:80")));
        try (TcpServer operators = host.tcpWhoAmI(HOST, 9090)) {
            assertThat(ask(lan, HOST, 7070)).isEqualTo(LAN);
            assertThat(operators.clients()).isNotEmpty();
            on.restart(backend);
            int before = operators.clients().size();
            assertThat(ask(lan, HOST, 7070)).isEqualTo(LAN);
            assertThat(operators.clients()).hasSizeGreaterThan(before);
        }
    }

    /** Whoever appends a rule later than the daemon's start means it as well; what is published else is open all the time. */
    @Test
    void row9_portThatTheOperatorRedirectsLater_becomesTheOperators() {
        on.engine.publish(endpoint.id(), List.of(PortRequest.parse("7070:80")));
        assertThat(ask(lan, HOST, 7070)).isEqualTo(LAN);
        try (TcpServer operators = host.tcpWhoAmI("0.0.0.0", 9090)) {
            host.exec("sh", "-c", """
                    for c in PREROUTING OUTPUT; do
                        iptables-nft -t nat -A $c -p tcp --dport 7070 -j REDIRECT --to-ports 9090
                    done""");
            Await.until("the operator's server to be asked from outside", () -> answers(operators, lan));
            Await.until("the operator's server to be asked from here", () -> answers(operators, host));
            assertThat(ask(lan, HOST, 8080)).isEqualTo(LAN);
        }
    }

    private static boolean answers(TcpServer server, LabHost client) {
        int before = server.clients().size();
        ask(client, HOST, 7070);
        return server.clients().size() > before;
    }

    @Test
    void row10_whatPassesThroughToTheSamePort_isNotRedirected(Lab lab) {
        LabHost far = lab.host("far");
        lab.link(host, "far0", "10.8.0.1/24", far, "eth0", "10.8.0.2/24");
        far.route("default", "10.8.0.1");
        lan.route("10.8.0.0/24", HOST);
        try (var server = far.tcpWhoAmI("10.8.0.2", 8080)) {
            assertThat(ask(lan, "10.8.0.2", 8080)).isEqualTo(LAN);
            assertThat(server.clients()).isNotEmpty();
        }
        Await.until("nobody to listen there", () -> web.reachTcp("10.8.0.2", 8080, SHORT) == Reach.REFUSED);
    }

    @Test
    void rows11And12_routeLocalnet_isOffOnAllLinksOfOthers_andContainersAreNotServedAt127() {
        host.tcpWhoAmI("127.0.0.1", 22);
        for (String link : List.of("all", "default", "up0", "lo")) {
            assertThat(host.sysctl("net.ipv4.conf." + link + ".route_localnet"))
                    .as(link)
                    .isEqualTo("0");
        }
        routeLoopbackTo(web, "172.17.0.1");
        assertClosed(web, "127.0.0.1", 22, 8080, 8081);
        routeLoopbackTo(lan, HOST);
        assertClosed(lan, "127.0.0.1", 22);
    }

    @Test
    void row13_sender_isSeenWithItsOwnAddress() {
        assertThat(ask(lan, HOST, 8080)).isEqualTo(LAN);
        assertThat(ask(back, HOST, 8080)).isEqualTo(BACK);
        assertThat(ask(host, HOST, 8080)).isEqualTo(HOST);
    }

    @Test
    void row25_portThatAContainerSendsFrom_takesNothingOfAPublishedOne_whereItIsChosenAtRandom(Lab lab)
            throws IOException {
        on.engine.publish(endpoint.id(), List.of(PortRequest.parse("5353:53/udp")));
        web.udpWhoAmI("0.0.0.0", 53);
        assertThat(getsWhatIsSentToPort5353(thief(lab, "kept", 8, SourcePorts.KEPT), 7001))
                .as("the risk that others run")
                .isTrue();
        assertThat(getsWhatIsSentToPort5353(thief(lab, "random", 9, SourcePorts.RANDOM), 7002))
                .isFalse();
    }

    private LabHost thief(Lab lab, String name, int number, SourcePorts ports) {
        on.engine.createNetwork(NetworkRequest.of(name)
                .withSubnet(Subnet.parse("10.9." + number + ".0/24"))
                .with(NetworkOptions.DEFAULT.with(ports)));
        LabHost thief = lab.host(name);
        attach(thief, name);
        return thief;
    }

    /** Somebody on the LAN, who sends from a port that is known, is sent something first. */
    private boolean getsWhatIsSentToPort5353(LabHost thief, int port) throws IOException {
        try (DatagramSocket waiting = thief.call(() -> new DatagramSocket(5353));
                DatagramSocket client = lan.call(() -> new DatagramSocket(port))) {
            waiting.send(new DatagramPacket(new byte[1], 1, InetAddress.ofLiteral(LAN), port));
            client.setSoTimeout(5_000);
            client.receive(new DatagramPacket(new byte[1], 1));
            client.send(new DatagramPacket(new byte[1], 1, InetAddress.ofLiteral(HOST), 5353));
            waiting.setSoTimeout(Math.toIntExact(SHORT.toMillis()));
            waiting.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }
}
