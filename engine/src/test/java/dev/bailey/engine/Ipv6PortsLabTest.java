package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports published on IPv6, with real packets from everywhere. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@ParameterizedClass
@CsvSource({"NFTABLES, nft", "IPTABLES, nft", "IPTABLES, legacy"})
@SuppressWarnings("NullAway.Init") // set before each test
class Ipv6PortsLabTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String HOST = "2001:db8:1::2";
    private static final String LAN = "2001:db8:1::1";
    private static final String GATEWAY = "fd00:9::1";
    private static final String SANDBOX = "fd00:9::2";

    private final FirewallBackend backend;
    private final String variant;

    @TempDir
    Path folder;

    private LabHost lan;
    private LabHost host;
    private LabHost web;
    private Endpoint endpoint;
    private IptablesHost on;

    Ipv6PortsLabTest(FirewallBackend backend, String variant) {
        this.backend = backend;
        this.variant = variant;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        lan = lab.host("lan");
        IptablesHost.wire(host, lan);
        host.exec("ip", "addr", "add", HOST + "/64", "dev", "up0", "nodad");
        lan.exec("ip", "addr", "add", LAN + "/64", "dev", "h0", "nodad");
        lan.exec("ip", "-6", "route", "add", "fd00::/16", "via", HOST);
        on = new IptablesHost(host, folder, backend, variant);
        create("dual", "fd00:9::/64");
        web = lab.host("web");
        endpoint = attach(web, "dual", "8080:80", "8080:80/udp", "[" + HOST + "]:8081:81", "[::]:9000-9999:9000-9999");
        for (int port : new int[] {80, 81, 9500}) {
            web.tcpWhoAmI("::", port);
        }
        web.udpWhoAmI("::", 80);
        web.udpWhoAmI("::", 81);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    private void create(String name, String subnet) {
        create(name, subnet, GatewayMode.NAT, Optional.empty(), NetworkOptions.DEFAULT);
    }

    private void create(
            String name, String subnet, GatewayMode mode, Optional<Ipv6Address> source, NetworkOptions options) {
        on.engine.createNetwork(NetworkRequest.of(name)
                .with(options)
                .with(new Ipv6Request(
                        Optional.of(Ipv6Subnet.parse(subnet)),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        mode,
                        source)));
    }

    private Endpoint attach(LabHost box, String network, String... ports) {
        return on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name()), network)
                .withPorts(requests(ports)));
    }

    private static List<PortRequest> requests(String... ports) {
        return Stream.of(ports).map(PortRequest::parse).toList();
    }

    private List<String> published() {
        return on.engine.snapshot().ports().of(endpoint.id()).stream()
                .map(PublishedPort::mapping)
                .map(PortMapping::toString)
                .toList();
    }

    /** Who the container says that it was, or how the attempt ended. */
    private static String tcp(LabHost from, String address, int port) {
        Reach reach = from.reachTcp(address, port, SHORT);
        if (reach != Reach.CONNECTED) {
            return reach.toString();
        }
        try (TcpConnection connection = from.connectTcp(address, port)) {
            return who(connection.readAll());
        }
    }

    private static String udp(LabHost from, String address, int port) {
        return from.askUdp(address, port, "?", SHORT).map(Ipv6PortsLabTest::who).orElse("none");
    }

    /** An address without its port, and with the zeros that Java writes in it left out. */
    private static String who(String end) {
        return IpAddress.parse(end.substring(0, end.lastIndexOf(':')).replaceAll("%.*", ""))
                .toString();
    }

    @Test
    void published_isReachedFromEverywhere_andNothingElseIs(Lab lab) {
        LabHost peer = lab.host("peer");
        attach(peer, "dual");
        create("second", "fd00:8::/64");
        LabHost other = lab.host("other");
        attach(other, "second");
        for (String bridged : new String[] {"0", "1"}) {
            host.sysctl("net.bridge.bridge-nf-call-ip6tables", bridged);
            assertReached(lan, HOST, LAN);
            assertReached(host, HOST, HOST);
            assertReached(host, GATEWAY, GATEWAY);
            assertReached(other, HOST, "fd00:8::2");
            assertReached(peer, HOST, GATEWAY);
            assertReached(peer, GATEWAY, GATEWAY);
            assertReached(web, HOST, GATEWAY);
        }
        assertThat(tcp(lan, HOST, 8081)).isEqualTo(LAN);
        assertThat(tcp(lan, "198.51.100.2", 8080)).as("IPv4 as well").isEqualTo("198.51.100.1");
        assertThat(tcp(lan, "198.51.100.2", 8081)).as("IPv6 alone").isEqualTo("REFUSED");
        assertThat(tcp(other, GATEWAY, 8081)).as("at another address").isEqualTo("REFUSED");
        assertThat(tcp(host, "::1", 8080)).as("::1, and at once").isEqualTo("REFUSED");
        for (LabHost outside : List.of(lan, other)) {
            assertThat(tcp(outside, SANDBOX, 80)).as("around, from " + outside).isEqualTo("TIMED_OUT");
            assertThat(udp(outside, SANDBOX, 80)).isEqualTo("none");
        }
        assertThat(tcp(lan, HOST, 82)).isEqualTo("REFUSED");
    }

    /** With the address of who asks, as the container sees it. */
    private static void assertReached(LabHost from, String address, String seen) {
        String what = from + " to " + address;
        assertThat(tcp(from, address, 8080)).as(what + ", TCP").isEqualTo(seen);
        assertThat(udp(from, address, 8080)).as(what + ", UDP").isEqualTo(seen);
        assertThat(tcp(from, address, 9500)).as(what + ", range").isEqualTo(seen);
    }

    @Test
    void live_sendersAndStaleFlows() {
        assertThat(udp(lan, HOST, 5353)).isEqualTo("none");
        on.engine.publish(
                endpoint.id(),
                requests("5353:81/udp", "7000:80,from=10.0.0.0/8," + LAN, "[::]:7001:80,from=2001:db8:2::/48"));
        assertThat(published())
                .contains(
                        "0.0.0.0:5353:81/udp",
                        "[::]:5353:81/udp",
                        "0.0.0.0:7000:80/tcp,from=10.0.0.0/8",
                        "[::]:7000:80/tcp,from=" + LAN + "/128",
                        "[::]:7001:80/tcp,from=2001:db8:2::/48");
        assertThat(udp(lan, HOST, 5353)).isEqualTo(LAN);
        assertThat(tcp(lan, HOST, 7000)).isEqualTo(LAN);
        assertThat(tcp(lan, HOST, 7001)).isEqualTo("REFUSED");
        assertThat(tcp(host, HOST, 7000)).as("not one of the senders").isEqualTo("REFUSED");
        assertThat(tcp(lan, "198.51.100.2", 7000)).isEqualTo("REFUSED");
        on.engine.unpublish(
                endpoint.id(), List.of(PortMapping.parse("[::]:5353:81/udp"), PortMapping.parse("[::]:8080:80/tcp")));
        assertThat(udp(lan, HOST, 5353)).isEqualTo("none");
        assertThat(tcp(lan, HOST, 8080)).isEqualTo("REFUSED");
        assertThat(tcp(lan, "198.51.100.2", 8080)).isEqualTo("198.51.100.1");
    }

    @Test
    void takenPortsAndAddresses_areRefused_anyFreeOneIsFreeInBothFamilies(Lab lab) throws IOException {
        LabHost box = lab.host("box");
        try (var server =
                host.command("socat", "TCP6-LISTEN:6000,ipv6only=1,fork", "-").start()) {
            host.command("sh", "-c", "until ss -Hltn | grep -q :6000; do sleep 0.05; done")
                    .run();
            assertThatThrownBy(() -> attach(box, "dual", "6000:80"))
                    .hasMessageContaining("cannot publish [::]:6000/tcp: port is already allocated, process socat")
                    .hasMessageContaining("(" + server.pid() + ") has port 6000/tcp");
            host.sysctl("net.ipv4.ip_local_port_range", "6000 6001");
            Endpoint any = attach(box, "dual", "80");
            assertThat(on.engine.snapshot().ports().of(any.id()))
                    .extracting(port -> port.mapping().toString())
                    .containsExactly("0.0.0.0:6001:80/tcp", "[::]:6001:80/tcp");
        }
        LabHost next = lab.host("next");
        assertThatThrownBy(() -> attach(next, "dual", "[" + HOST + "]:9001:80"))
                .hasMessageContaining("container web has it ([::]:9000-9999/tcp)");
        assertThatThrownBy(() -> attach(next, "dual", "[2001:db8::77]:80:80"))
                .hasMessageContaining("2001:db8::77 is no address of this host");
        assertThatThrownBy(() -> attach(next, "bridge", "[::]:80:80"))
                .hasMessage("cannot publish [::]:80:80/tcp: network bridge has no IPv6, name an IPv4 address of this"
                        + " host or leave it out");
        Endpoint ipv4 = attach(next, "bridge", "6100:80", "9001:80");
        assertThat(on.engine.snapshot().ports().of(ipv4.id())).hasSize(2);
    }

    @Test
    void hostBindingOfIpv6_portsWithoutAnAddressAreThereAlone(Lab lab) {
        NetworkOptions bound = new NetworkOptions(
                true, true, false, GatewayMode.NAT, IpAddress.parse(HOST), Optional.empty(), List.of(), true);
        create("bound", "fd00:5::/64", GatewayMode.NAT, Optional.empty(), bound);
        Endpoint there = attach(lab.host("box"), "bound", "7100:80", "127.0.0.1:7101:80");
        assertThat(on.engine.snapshot().ports().of(there.id()))
                .extracting(port -> port.mapping().toString())
                .containsExactly("[" + HOST + "]:7100:80/tcp", "127.0.0.1:7101:80/tcp");
        on.restart(backend);
        assertThat(on.engine.snapshot().networkNamed("bound").orElseThrow().options())
                .isEqualTo(bound);
    }

    private static boolean pings(LabHost from, String address) {
        return from.command("ping", "-6", "-c1", "-W1", address).execute().exitCode() == 0;
    }

    /** The mode of one family says nothing of the other. */
    @Test
    void routed_publishedPortsAndIcmpAreOpenAtTheirOwnAddress(Lab lab) {
        create("routed", "fd00:7::/64", GatewayMode.ROUTED, Optional.empty(), NetworkOptions.DEFAULT);
        LabHost box = lab.host("box");
        Endpoint own = attach(box, "routed", "7070:80", "90-99:90-99/udp", "81:81,from=2001:db8:2::/48,10.0.0.0/8");
        box.tcpWhoAmI("::", 80);
        box.tcpWhoAmI("::", 81);
        box.tcpWhoAmI("::", 82);
        box.udpWhoAmI("::", 95);
        assertThat(on.engine.snapshot().ports().of(own.id()))
                .extracting(port -> port.mapping().toString())
                .containsExactlyInAnyOrder(
                        "[::]::80/tcp",
                        "0.0.0.0:7070:80/tcp",
                        "[::]::90-99/udp",
                        "0.0.0.0:90-99:90-99/udp",
                        "[::]::81/tcp,from=2001:db8:2::/48",
                        "0.0.0.0:81:81/tcp,from=10.0.0.0/8");
        assertThat(tcp(lan, "fd00:7::2", 80)).isEqualTo(LAN);
        assertThat(udp(lan, "fd00:7::2", 95)).isEqualTo(LAN);
        assertThat(pings(lan, "fd00:7::2")).isTrue();
        assertThat(tcp(lan, "fd00:7::2", 81)).as("not for the LAN").isEqualTo("TIMED_OUT");
        assertThat(tcp(lan, "fd00:7::2", 82)).as("not published").isEqualTo("TIMED_OUT");
        assertThat(tcp(lan, HOST, 7070)).as("no port of the host").isEqualTo("REFUSED");
        assertThat(tcp(lan, "198.51.100.2", 7070)).as("but of IPv4").isEqualTo("198.51.100.1");
        try (TcpServer server = lan.tcpWhoAmI(LAN, 7)) {
            assertThat(tcp(box, LAN, 7)).as("it leaves with its own address").isEqualTo("fd00:7::2");
        }
        assertThatThrownBy(() -> on.engine.publish(own.id(), requests("[" + HOST + "]:83:83")))
                .hasMessageContaining("are open at their own addresses and not at " + HOST);
        on.engine.unpublish(own.id(), List.of(PortMapping.parse("[::]::80/tcp"), PortMapping.parse("[::]::90-99/udp")));
        assertThat(tcp(lan, "fd00:7::2", 80)).isEqualTo("TIMED_OUT");
        assertThat(udp(lan, "fd00:7::2", 95)).as("an open flow ends as well").isEqualTo("none");
    }

    @Test
    void unprotected_trustedLinks_andTheAddressThatPacketsLeaveWith(Lab lab) {
        host.exec("ip", "addr", "add", "2001:db8:1::9/64", "dev", "up0", "nodad", "preferred_lft", "0");
        Optional<Ipv6Address> source = Optional.of(Ipv6Address.parse("2001:db8:1::9"));
        create("open", "fd00:6::/64", GatewayMode.NAT_UNPROTECTED, source, NetworkOptions.DEFAULT);
        NetworkOptions trusting = new NetworkOptions(
                true,
                true,
                false,
                GatewayMode.NAT,
                NetworkOptions.ALL_ADDRESSES,
                Optional.empty(),
                List.of(new InterfaceName("up0")),
                true);
        create("trusting", "fd00:5::/64", GatewayMode.NAT, Optional.empty(), trusting);
        LabHost open = lab.host("open");
        LabHost trusted = lab.host("trusted");
        attach(open, "open");
        Endpoint own = attach(trusted, "trusting", "8088:80");
        for (LabHost box : List.of(open, trusted)) {
            box.tcpWhoAmI("::", 80);
            box.tcpWhoAmI("::", 82);
        }
        assertThat(tcp(lan, "fd00:6::2", 82)).as("every port").isEqualTo(LAN);
        assertThat(tcp(lan, "fd00:5::2", 80)).isEqualTo(LAN);
        assertThat(tcp(lan, "fd00:5::2", 82)).as("not published").isEqualTo("TIMED_OUT");
        assertThat(tcp(web, "fd00:5::2", 80)).as("by another link").isEqualTo("TIMED_OUT");
        assertThat(tcp(lan, HOST, 8088)).isEqualTo(LAN);
        try (TcpServer server = lan.tcpWhoAmI(LAN, 7)) {
            assertThat(tcp(open, LAN, 7)).isEqualTo("2001:db8:1::9");
            assertThat(tcp(trusted, LAN, 7)).isEqualTo(HOST);
        }
        on.engine.unpublish(own.id(), List.of(PortMapping.parse("[::]:8088:80/tcp")));
        assertThat(tcp(lan, "fd00:5::2", 80)).isEqualTo("TIMED_OUT");
    }

    /** IPv6 links are never quiet. */
    private static String withoutCounts(String rules) {
        return rules.replaceAll("packets \\d+ bytes \\d+", "");
    }

    @Test
    void restart_movesNothing_andNothingIsLeftOfIpv6() {
        String rules = withoutCounts(on.allRules());
        List<String> before = published();
        on.restart(backend);
        assertThat(withoutCounts(on.allRules())).isEqualTo(rules);
        assertThat(published()).isEqualTo(before);
        assertThat(tcp(lan, HOST, 8080)).isEqualTo(LAN);
        for (FirewallBackend next : FirewallBackend.values()) {
            on.restart(next);
            assertThat(tcp(lan, HOST, 8080)).isEqualTo(LAN);
        }
        on.restart(backend);
        on.engine.detach(endpoint.id());
        assertThat(on.allRules()).doesNotContain(SANDBOX, "172.18.0.2");
        on.engine.removeNetwork(
                on.engine.snapshot().networkNamed("dual").orElseThrow().id());
        assertThat(on.allRules()).doesNotContain("published6", "fd00", "::1", "fe80::/10");
    }
}
