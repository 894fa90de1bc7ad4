package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.lab.Await;
import dev.bailey.lab.Capture;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.TcpServer;
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

/** A network without IPv4 in the real kernel: nothing of IPv4 on either end, and IPv6 as on any other network. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@ParameterizedClass
@EnumSource(FirewallBackend.class)
@SuppressWarnings("NullAway.Init") // set before each test
class Ipv6AloneLabTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String HOST = "2001:db8:1::2";
    private static final String OUTSIDE = "2001:db8:1::1";
    private static final Ipv4Address FORGED = Ipv4Address.parse("10.66.0.2");

    private final FirewallBackend backend;

    private Lab lab;
    private LabHost outside;
    private LabHost host;
    private LabHost one;
    private IptablesHost on;
    private Network network;
    private Endpoint endpoint;

    Ipv6AloneLabTest(FirewallBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void start(Lab made) throws IOException {
        lab = made;
        host = lab.host("host");
        outside = lab.host("outside");
        IptablesHost.wire(host, outside);
        host.exec("ip", "addr", "add", HOST + "/64", "dev", "up0", "nodad");
        outside.exec("ip", "addr", "add", OUTSIDE + "/64", "dev", "h0", "nodad");
        on = new IptablesHost(host, lab.directory(), backend, "nft");
        network = create("alone", "fd00:9::/64", NetworkOptions.DEFAULT);
        one = lab.host("one");
        endpoint = attach(one, "alone", "8080:80");
    }

    /** Nothing is left of the network, and nothing of it was ever in a table of IPv4. */
    @AfterEach
    void stop() {
        on.engine.snapshot().sandboxes().forEach(sandbox -> on.engine.removeSandbox(sandbox.id()));
        on.engine.snapshot().networks().stream()
                .filter(each -> !each.isDefault())
                .forEach(each -> on.engine.removeNetwork(each.id()));
        assertThat(on.print("ip", "-br", "link")).doesNotContain("veth", "br-");
        assertThat(on.print("ip", "-6", "route")).doesNotContain("fd00");
        assertThat(on.allRules()).doesNotContain("br-", "fd00:", "veth");
        on.close();
    }

    private Network create(String name, String subnet, NetworkOptions options) {
        return on.engine.createNetwork(NetworkRequest.of(name)
                .with(options)
                .with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse(subnet))))
                .withoutIpv4());
    }

    private Endpoint attach(LabHost box, String to, String... ports) {
        return on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name()), to)
                .withPorts(Stream.of(ports).map(PortRequest::parse).toList()));
    }

    private static boolean reaches(LabHost from, String address) {
        return from.command("ping", "-6", "-c1", "-W1", address).execute().exitCode() == 0;
    }

    private static String show(LabHost of, String... words) {
        return of.exec(Stream.concat(Stream.of("ip"), Stream.of(words)).toArray(String[]::new))
                .output()
                .strip();
    }

    private String bridge() {
        return network.bridge().value();
    }

    private void assertAlone() {
        assertThat(endpoint.ipv4()).isEmpty();
        assertThat(show(host, "-4", "addr", "show", "dev", bridge())).isEmpty();
        assertThat(show(host, "-4", "route", "show", "table", "all", "dev", bridge()))
                .isEmpty();
        assertThat(show(host, "-6", "-br", "addr", "show", "dev", bridge())).contains("fd00:9::1/64", "fe80::1/64");
        assertThat(show(one, "-4", "addr", "show", "dev", "eth0")).isEmpty();
        assertThat(show(one, "-4", "route", "show")).isEmpty();
        assertThat(show(one, "-6", "-br", "addr", "show", "dev", "eth0")).contains("fd00:9::2/64");
        assertThat(show(one, "-6", "route", "show", "default")).startsWith("default via fd00:9::1 dev eth0");
        assertThat(show(one, "link", "show", "dev", "eth0"))
                .contains(endpoint.mac().toString());
    }

    private void assertWorks() {
        Await.until("an answer from outside", () -> reaches(one, OUTSIDE));
        try (TcpServer server = outside.tcpEcho(OUTSIDE, 7);
                TcpConnection connection = one.connectTcp(OUTSIDE, 7)) {
            connection.verifyEcho();
            assertThat(server.awaitClient().getAddress().getHostAddress()).startsWith("2001:db8:1:0:0:0:0:2");
        }
        try (TcpServer server = one.tcpEcho("::", 80)) {
            try (TcpConnection connection = outside.connectTcp(HOST, 8080)) {
                connection.verifyEcho();
            }
            assertThat(server.awaitClient().getAddress().getHostAddress()).startsWith("2001:db8:1:0:0:0:0:1");
            assertThat(outside.reachTcp("198.51.100.2", 8080, SHORT)).isEqualTo(Reach.REFUSED);
            assertThat(outside.reachTcp("fd00:9::2", 80, SHORT)).isNotEqualTo(Reach.CONNECTED);
        }
    }

    @Test
    void network_hasIpv6AsAnyOther_andNothingOfIpv4_alsoAfterRestarts() {
        outside.exec("ip", "-6", "route", "add", "fd00::/16", "via", HOST);
        assertAlone();
        assertWorks();
        LabHost two = lab.host("two");
        attach(two, "alone");
        assertThat(reaches(two, "fd00:9::2")).as("the neighbour").isTrue();
        assertThat(on.print("nft", "-j", "list", "ruleset"))
                .contains(bridge(), "fd00:9::")
                .doesNotContain("172.18.");
        FirewallBackend other =
                backend == FirewallBackend.NFTABLES ? FirewallBackend.IPTABLES : FirewallBackend.NFTABLES;
        for (FirewallBackend next : List.of(backend, other)) {
            on.restart(next);
            assertThat(on.engine.snapshot().endpoint(endpoint.id())).contains(endpoint);
            assertThat(on.engine.snapshot().network(network.id())).contains(network);
            assertAlone();
            assertWorks();
        }
    }

    @Test
    void bridgeBroken_comesBackWithoutIpv4() {
        for (String[] harm : new String[][] {
            {"ip", "-6", "addr", "flush", "dev", bridge()},
            {"ip", "link", "set", bridge(), "down"},
            {"ip", "link", "del", bridge()}
        }) {
            host.exec(harm);
            Await.until(String.join(" ", harm) + " to be mended", () -> reaches(one, "fd00:9::1"));
            assertAlone();
        }
    }

    /** IPv4 and ARP have no address that would be the sandbox's own. */
    @Test
    void ipv4AndArp_fromASandbox_reachNobody() {
        LabHost two = lab.host("two");
        Endpoint other = attach(two, "alone");
        try (Capture atVictim = two.capture("eth0", "arp or ip");
                Capture atHost = host.capture(bridge(), "arp or ip");
                Capture ownFrames = two.capture("eth0", "ip6")) {
            Frames.send(one, Frames.arp(endpoint.mac(), endpoint.mac(), FORGED, FORGED.plus(1)));
            Frames.send(one, Frames.udp(other.mac(), endpoint.mac(), FORGED, FORGED.plus(1)));
            Frames.send(one, Frames.udp(Frames.EVERYBODY, endpoint.mac(), new Ipv4Address(0), FORGED));
            assertThat(reaches(one, "fd00:9::3")).as("IPv6 passes").isTrue();
            ownFrames.awaitPacket("echo request");
            assertThat(atVictim.packets()).isEmpty();
            assertThat(atHost.packets()).isEmpty();
        }
        assertThat(on.print("nft", "list", "table", "bridge", "bailey"))
                .containsPattern("counter packets [3-9] .*not from the endpoint's own addresses");
    }

    /** Where everybody may send as whom they like, IPv4 stays on the bridge all the same. */
    @Test
    void unguarded_ipv4LeavesTheBridgeNeither() {
        Network open = create("open", "fd00:8::/64", NetworkOptions.DEFAULT.withGuarded(false));
        LabHost box = lab.host("box");
        attach(box, "open");
        String mac = show(host, "-o", "link", "show", "dev", open.bridge().value())
                .replaceAll("(?s).*link/ether (\\S+).*", "$1");
        box.exec("ip", "addr", "add", FORGED + "/24", "dev", "eth0");
        box.exec("ip", "neigh", "add", "10.66.0.1", "lladdr", mac, "dev", "eth0");
        box.exec("ip", "route", "add", "default", "via", "10.66.0.1");
        try (Capture away = outside.capture("h0", "src host " + FORGED);
                Capture atBridge = host.capture(open.bridge().value(), "icmp")) {
            assertThat(box.command("ping", "-c1", "-W1", "198.51.100.1")
                            .execute()
                            .exitCode())
                    .isNotZero();
            atBridge.awaitPacket("echo request");
            assertThat(away.packets()).isEmpty();
        }
    }

    @Test
    void severalNetworks_eachFamilyHasTheDefaultRouteOfANetworkThatHasIt() {
        on.engine.createNetwork(NetworkRequest.of("zoo"));
        LabHost box = lab.host("box");
        Endpoint ipv4 = attach(box, "zoo");
        Endpoint ipv6 = attach(box, "alone");
        String gateway = ipv4.ipv4().orElseThrow().gateway().toString();
        assertThat(show(box, "-4", "route", "show", "default")).startsWith("default via " + gateway + " dev eth0");
        assertThat(show(box, "-6", "route", "show", "default")).startsWith("default via fd00:9::1 dev eth1");
        assertThat(show(box, "-4", "rule")).doesNotContain("30074");
        assertThat(reaches(box, OUTSIDE)).isTrue();
        on.restart(backend);
        on.engine.detach(ipv4.id());
        assertThat(show(box, "-4", "route", "show", "default")).isEmpty();
        assertThat(show(box, "-6", "route", "show", "default")).startsWith("default via fd00:9::1 dev eth1");
        attach(box, "zoo");
        on.engine.detach(ipv6.id());
        assertThat(show(box, "-4", "route", "show", "default")).startsWith("default via " + gateway + " dev eth0");
        assertThat(show(box, "-6", "route", "show", "default")).isEmpty();
    }

    @Test
    void internalWithoutIcc_nobodyReachesAnybody() {
        create("shut", "fd00:7::/64", new NetworkOptions(true, false, true));
        LabHost a = lab.host("a");
        LabHost b = lab.host("b");
        attach(a, "shut");
        attach(b, "shut");
        a.exec("ip", "-6", "route", "add", "default", "via", "fd00:7::1");
        assertThat(reaches(a, "fd00:7::1")).as("the host").isTrue();
        assertThat(reaches(a, OUTSIDE)).isFalse();
        assertThat(reaches(a, "fd00:9::2")).isFalse();
        assertThat(reaches(a, "fd00:7::3")).isFalse();
    }

    private Endpoint ask(String name, String address) {
        return on.engine.attach(
                AttachRequest.of(new SandboxTarget.Foreign(lab.host(name).path(), name), "alone")
                        .withIpv6(Optional.of(Ipv6Address.parse(address)), Optional.empty()));
    }

    @Test
    void whatNeedsIpv4_isRefused() {
        LabHost box = lab.host("box");
        assertThatThrownBy(() -> attach(box, "alone", "127.0.0.1:8081:80"))
                .hasMessage("cannot publish 127.0.0.1:8081:80/tcp: network alone has no IPv4, name an IPv6 address of"
                        + " this host or leave it out");
        assertThatThrownBy(() -> on.engine.attach(new AttachRequest(
                        new SandboxTarget.Foreign(box.path(), "box"),
                        "alone",
                        Optional.of(FORGED),
                        AttachRequest.DEFAULT_INTERFACE)))
                .hasMessage(
                        "network alone has no IPv4 and no address 10.66.0.2: leave it out, or join a network that has"
                                + " IPv4");
        assertThatThrownBy(() -> on.engine.attach(new AttachRequest(
                                new SandboxTarget.Foreign(box.path(), "box"),
                                "alone",
                                Optional.empty(),
                                AttachRequest.DEFAULT_INTERFACE)
                        .withEgress(Egress.parse(List.of("ip=198.51.100.2")))))
                .hasMessage(
                        "network alone has no IPv4, and nothing leaves it with 198.51.100.2: leave the address out, or"
                                + " join a network with IPv4");
        Endpoint far = ask("far", "fd00:9::3:0:0");
        assertThat(far.mac()).hasToString("02:b7:fd:00:00:0a");
        assertThatThrownBy(() -> ask("gate", "fd00:9::1"))
                .hasMessageContaining("fd00:9::1 cannot be leased: it is the gateway");
        assertThatThrownBy(() -> ask("held", "fd00:9::2")).hasMessageContaining("fd00:9::2 ");
        assertThatThrownBy(() -> ask("same", "fd00:9::1:0:2"))
                .hasMessage("02:b7:fd:00:00:0a is taken on network alone by far: choose another");
        assertThatThrownBy(() ->
                        on.engine.createNetwork(NetworkRequest.of("nothing").withoutIpv4()))
                .hasMessage("network 'nothing' has neither IPv4 nor IPv6: a network needs at least one of them");
        assertThat(on.engine.snapshot().sandboxNamed("box")).isEmpty();
        assertThat(on.engine.snapshot().networkNamed("nothing")).isEmpty();
    }
}
