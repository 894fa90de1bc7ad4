package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Networks with IPv6 in the real kernel: addresses, routes and settings on both ends, and what others do to them. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class Ipv6LabTest {
    private static final String FORWARDING = "net.ipv6.conf.all.forwarding";

    private Lab lab;
    private Site site;
    private LabHost host;
    private RunningEngine running;
    private Engine engine;

    @BeforeEach
    void build(Lab made) {
        lab = made;
        site = Site.build(made);
        host = site.host();
        host.exec("ip", "addr", "add", "2001:db8:1::2/64", "dev", "eth0", "nodad");
        host.exec("ip", "-6", "route", "add", "default", "via", "2001:db8:1::1");
        start();
    }

    private void start() {
        running = RunningEngine.start(host);
        engine = running.engine();
    }

    @AfterEach
    void stop() {
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.snapshot().networks().stream()
                .filter(network -> !network.isDefault())
                .forEach(network -> engine.removeNetwork(network.id()));
        assertThat(host.exec("ip", "-br", "link").output()).doesNotContain("veth", "br-");
        assertThat(host.exec("ip", "-6", "route").output()).doesNotContain("br-", "fd00");
        running.close();
    }

    private Network create(String name, String subnet) {
        return engine.createNetwork(
                NetworkRequest.of(name).with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse(subnet)))));
    }

    private Endpoint join(LabHost box, String network) {
        return engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name()), network));
    }

    private static String ipv6(LabHost on, String link) {
        return on.exec("ip", "-6", "-br", "addr", "show", link).output();
    }

    private static boolean reaches(LabHost from, String address) {
        return from.command("ping", "-6", "-c1", "-W1", address).execute().exitCode() == 0;
    }

    @Test
    void dualStack_addressesWorkAtOnceAndRoutesLeadOut() {
        String bridge = create("lan", "fd00:9::/64").bridge().value();
        LabHost one = lab.host("one");
        LabHost two = lab.host("two");
        assertThat(join(one, "lan").ipv6().orElseThrow().address()).hasToString("fd00:9::2/64");
        assertThat(reaches(one, "fd00:9::1")).as("the gateway, at once").isTrue();
        join(two, "lan");
        assertThat(reaches(two, "fd00:9::2")).as("the neighbour, at once").isTrue();
        assertThat(reaches(host, "fd00:9::3")).as("from the host").isTrue();
        assertThat(ipv6(host, bridge)).contains("fd00:9::1/64", "fe80::1/64").doesNotContain("tentative");
        assertThat(ipv6(one, "eth0")).contains("fd00:9::2/64", "fe80::");
        assertThat(one.exec("ip", "-6", "-j", "addr", "show", "eth0").output()).doesNotContain("tentative");
        assertThat(one.exec("ip", "-6", "route").output()).contains("default via fd00:9::1 dev eth0");
        assertThat(one.sysctl("net.ipv6.conf.eth0.accept_ra")).isEqualTo("0");
        assertThat(host.sysctl("net.ipv6.conf." + bridge + ".accept_ra")).isEqualTo("0");
        assertThat(host.sysctl(FORWARDING)).isEqualTo("1");
        assertThat(host.sysctl("net.ipv6.conf.eth0.accept_ra"))
                .as("the way out goes on to listen to routers")
                .isEqualTo("2");
    }

    /** NAT66 on the way out; nobody comes in, and networks are apart. */
    @Test
    void packets_leaveWithTheHostsAddressAndNobodyComesIn() {
        LabHost internet = site.internet();
        internet.exec("ip", "addr", "add", "2001:db8:1::1/64", "dev", "h0", "nodad");
        create("lan", "fd00:9::/64");
        engine.createNetwork(
                NetworkRequest.of("other").with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse("fd00:8::/64")))));
        engine.createNetwork(NetworkRequest.of("in")
                .with(new NetworkOptions(true, true, true))
                .with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse("fd00:7::/64")))));
        LabHost one = lab.host("one");
        LabHost two = lab.host("two");
        LabHost inner = lab.host("inner");
        join(one, "lan");
        join(two, "other");
        join(inner, "in");
        Await.until("an answer from outside", () -> reaches(one, "2001:db8:1::1"));
        try (TcpServer server = internet.tcpEcho("2001:db8:1::1", 7);
                TcpConnection connection = one.connectTcp("2001:db8:1::1", 7)) {
            connection.verifyEcho();
            assertThat(server.awaitClient().getAddress().getHostAddress()).startsWith("2001:db8:1:0:0:0:0:2");
        }
        internet.exec("ip", "-6", "route", "add", "fd00::/16", "via", "2001:db8:1::2");
        assertThat(reaches(internet, "fd00:9::2")).as("from outside").isFalse();
        assertThat(reaches(two, "fd00:9::2")).as("from another network").isFalse();
        inner.exec("ip", "-6", "route", "add", "default", "via", "fd00:7::1");
        assertThat(reaches(inner, "2001:db8:1::1"))
                .as("out of an internal network")
                .isFalse();
        assertThat(reaches(inner, "fd00:9::2")).isFalse();
        assertThat(reaches(one, "fd00:7::2")).as("into it").isFalse();
    }

    /** Not even on the link: nobody of such a network reaches this host by IPv6 (CVE-2024-32473). */
    @Test
    void ipv4Alone_noIpv6AddressOnEitherEnd() {
        Network lan = engine.createNetwork(NetworkRequest.of("lan"));
        LabHost one = lab.host("one");
        join(one, "lan");
        assertThat(ipv6(one, "eth0")).isEmpty();
        assertThat(ipv6(host, lan.bridge().value())).isEmpty();
        assertThat(ipv6(host, "bailey0")).isEmpty();
        assertThat(host.sysctl(FORWARDING)).isEqualTo("0");
        assertThat(host.sysctl("net.ipv6.conf.eth0.accept_ra")).isEqualTo("1");
    }

    @Test
    void othersBreakTheBridge_itsIpv6ComesBack() {
        String bridge = create("lan", "fd00:9::/64").bridge().value();
        LabHost one = lab.host("one");
        join(one, "lan");
        for (String[] harm : new String[][] {
            {"ip", "-6", "addr", "flush", "dev", bridge},
            {"ip", "link", "set", bridge, "down"},
            {"sysctl", "-w", "net.ipv6.conf." + bridge + ".disable_ipv6=1"},
            {"ip", "link", "del", bridge},
            {"sysctl", "-w", FORWARDING + "=0"}
        }) {
            host.exec(harm);
            Await.until(
                    String.join(" ", harm) + " to be mended",
                    () -> host.sysctl(FORWARDING).equals("1") && reaches(one, "fd00:9::1"));
            assertThat(ipv6(host, bridge)).as(String.join(" ", harm)).contains("fd00:9::1/64", "fe80::1/64");
        }
    }

    @Test
    void severalNetworks_theDefaultRouteOfEachFamilyIsMovedByItself() {
        create("a", "fd00:a::/64");
        engine.createNetwork(NetworkRequest.of("b"));
        create("c", "fd00:c::/64");
        LabHost one = lab.host("one");
        Endpoint a = join(one, "a");
        Endpoint b = engine.attach(new AttachRequest(
                new SandboxTarget.Foreign(one.path(), one.name()),
                "b",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                java.util.List.of(),
                5,
                java.util.List.of()));
        Endpoint c = join(one, "c");
        assertThat(one.exec("ip", "-6", "route", "show", "default").output()).contains("via fd00:a::1 dev eth0");
        assertThat(one.exec("ip", "-4", "route", "show", "default").output()).contains("dev eth1");
        engine.detach(a.id());
        assertThat(one.exec("ip", "-6", "route", "show", "default").output()).contains("via fd00:c::1 dev eth2");
        engine.detach(b.id());
        assertThat(one.exec("ip", "-4", "route", "show", "default").output())
                .contains("via " + c.ipv4().orElseThrow().gateway() + " dev eth2");
    }

    @Test
    void restart_addressesStay_andSubnetsComeOfTheSamePrefix() {
        Network first = engine.createNetwork(NetworkRequest.of("first").with(Ipv6Request.ANY));
        LabHost one = lab.host("one");
        Endpoint before = join(one, "first");
        running.inspector().close();
        engine.close();
        start();
        assertThat(engine.snapshot().endpoint(before.id())).contains(before);
        Network second = engine.createNetwork(NetworkRequest.of("second").with(Ipv6Request.ANY));
        Ipv6Subnet firstSubnet = first.ipv6().orElseThrow().subnet();
        assertThat(firstSubnet.next()).contains(second.ipv6().orElseThrow().subnet());
        assertThat(Ipv6Subnet.parse("fd00::/8").contains(firstSubnet)).isTrue();
        Endpoint next = join(lab.host("two"), "first");
        Ipv6Address address = next.ipv6().orElseThrow().address().address();
        assertThat(address)
                .isEqualTo(before.ipv6().orElseThrow().address().address().plus(1));
        assertThat(reaches(one, address.toString())).isTrue();
    }
}
