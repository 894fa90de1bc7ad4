package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A host with two uplinks of both families to an internet that takes no packet by the wrong one. */
final class WaysOutHost implements AutoCloseable {
    /** Another address of the host's on eth1. */
    static final String THIRD = "203.0.113.9";

    static final String SERVICE6 = "2001:db8:ffff::53";
    static final String HOST6 = "2001:db8:1::2";
    static final String SECOND_HOST6 = "2001:db8:2::2";
    static final String THIRD6 = "2001:db8:2::9";
    static final EgressWay BY_ETH1 = EgressWay.parse("uplink=eth1");

    private static final Duration SHORT = Duration.ofMillis(300);

    final LabHost host;
    final LabHost internet;
    final IptablesHost on;

    WaysOutHost(Lab lab, FirewallBackend backend) throws IOException {
        Site site = Site.build(lab);
        host = site.host();
        internet = site.internet();
        site.addSecondUplink();
        host.address("eth1", THIRD + "/24");
        wireIpv6();
        secondDefaultRoute();
        for (String link : List.of("h0", "h1")) {
            internet.sysctl("net.ipv4.conf." + link + ".rp_filter", "1");
        }
        host.sysctl("net.ipv4.conf.all.rp_filter", "2");
        for (String service : List.of(Site.SERVICE, SERVICE6)) {
            internet.tcpWhoAmI(service, 7);
            internet.udpWhoAmI(service, 7);
        }
        on = new IptablesHost(host, lab.directory(), backend, "nft");
    }

    /** The kernel has no rp_filter for IPv6: what comes in by the wrong link is dropped by a rule. */
    private void wireIpv6() {
        give(internet, "h0", "fe80::1:1/64", "2001:db8:1::1/64");
        give(internet, "h1", "fe80::1:1/64", "2001:db8:2::1/64");
        give(internet, "lo", SERVICE6 + "/128");
        internet.exec("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1");
        internet.exec(
                "nft",
                "table ip6 strict { chain in { type filter hook prerouting priority -300;"
                        + " ip6 saddr 2001:db8::/32 iifname != lo fib saddr . iif oif 0 drop; }; }");
        give(host, "eth0", "fe80::1:2/64", HOST6 + "/64");
        host.exec("ip", "-6", "route", "add", "default", "via", "2001:db8:1::1", "dev", "eth0", "metric", "100");
        secondAddresses();
    }

    /** For the addresses that the kernel makes neighbours wait until it knows that nobody else has them. */
    private static void give(LabHost to, String link, String... addresses) {
        for (String address : addresses) {
            to.exec("ip", "addr", "add", address, "dev", link, "nodad");
        }
    }

    private void secondAddresses() {
        host.exec("ip", "addr", "add", THIRD6 + "/64", "dev", "eth1", "nodad", "preferred_lft", "0");
        give(host, "eth1", "fe80::1:2/64", SECOND_HOST6 + "/64");
    }

    /** What a link that goes down loses of IPv4: its routes. */
    void secondDefaultRoute() {
        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "dev", "eth1", "metric", "200");
        host.exec("ip", "-6", "route", "add", "default", "via", "2001:db8:2::1", "dev", "eth1", "metric", "200");
    }

    /** Puts back what eth1 has lost by going down. */
    void restoreSecondUplink() {
        secondAddresses();
        secondDefaultRoute();
    }

    Engine engine() {
        return on.engine;
    }

    void create(String name, int number, Optional<EgressWay> way) {
        on.engine.createNetwork(request(name, number, way));
    }

    /** One with IPv6 too. */
    void createDual(String name, int number, Optional<EgressWay> way) {
        on.engine.createNetwork(request(name, number, way)
                .with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse("fd00:9:" + number + "::/64")))));
    }

    private static NetworkRequest request(String name, int number, Optional<EgressWay> way) {
        return NetworkRequest.of(name)
                .withSubnet(Subnet.parse("10.9." + number + ".0/24"))
                .with(NetworkOptions.DEFAULT.with(way));
    }

    LabHost join(String box, String network, Egress egress, String... ports) {
        LabHost made = host.lab().host(box);
        on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(made.path(), box), network)
                .withEgress(egress)
                .withPorts(Stream.of(ports).map(PortRequest::parse).toList()));
        return made;
    }

    static Egress egress(String... words) {
        return Egress.parse(List.of(words));
    }

    /** The address that a connection to the service comes from. */
    static String seen(LabHost from, String service) {
        try (TcpConnection connection = from.connectTcp(service, 7)) {
            return who(connection.readAll().strip());
        }
    }

    /** Each one by itself: a connection that begins while the way changes may hear nothing more. */
    static void awaitSeen(LabHost from, String service, String address) throws InterruptedException {
        for (int i = 0; i < 100 && !seenByDatagram(from, service).equals(address); i++) {
            Thread.sleep(20);
        }
        assertThat(seen(from, service)).isEqualTo(address);
    }

    private static String seenByDatagram(LabHost from, String service) {
        return from.askUdp(service, 7, "?", SHORT).map(WaysOutHost::who).orElse("");
    }

    /** An address without its port, and with the zeros that Java writes in it left out. */
    private static String who(String end) {
        return IpAddress.parse(end.substring(0, end.lastIndexOf(':')).replaceAll("%.*", ""))
                .toString();
    }

    /** Whether the internet gets an answer from a port of the host, asked from its service's address. */
    boolean isAnswered(String address, String service, int port) {
        boolean ipv6 = address.indexOf(':') >= 0;
        String ask = (ipv6 ? "TCP6:[" + address + "]:" : "TCP:" + address + ":") + port + ",bind="
                + (ipv6 ? "[" + service + "]" : service) + ",connect-timeout=2";
        String answer = internet.command("socat", "-u", ask, "-").execute().output();
        return !answer.isEmpty() && who(answer.strip()).equals(service);
    }

    boolean pings(LabHost from, String address) {
        return from.command("ping", "-c1", "-W1", address).execute().exitCode() == 0;
    }

    /** All rules and routes of a family, -4 or -6. */
    String routing(String family) {
        return host.exec("ip", family, "rule").output()
                + host.exec("ip", family, "route", "show", "table", "all").output();
    }

    /** Ends the engine and takes away what it has made, of which nothing is to be left. */
    @Override
    public void close() {
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
        assertThat(routing("-4") + routing("-6")).doesNotContain("717", "proto 71", "fwmark");
        assertThat(host.exec("nft", "list", "tables").output()).doesNotContain("ip bailey\n", "ip6 bailey\n");
    }
}
