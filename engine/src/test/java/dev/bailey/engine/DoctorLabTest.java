package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.view.Finding;
import dev.bailey.engine.view.Health;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host that others have spoilt: what is in the way is named, and is gone once what was said is done. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DoctorLabTest {
    private static final Health WELL = new Health("1", true, List.of(), List.of());

    private Site site;
    private LabHost host;
    private RunningEngine bailey;

    @BeforeEach
    void build(Lab lab) {
        site = Site.build(lab);
        host = site.host();
        bailey = RunningEngine.start(host);
        LabHost web = lab.host("web");
        bailey.engine()
                .attach(AttachRequest.of(new SandboxTarget.Foreign(web.path(), "web"))
                        .withPorts(Stream.of("8080:80").map(PortRequest::parse).toList()));
    }

    @AfterEach
    void stop() {
        bailey.close();
    }

    private List<Finding> findings() {
        return bailey.inspector().diagnose(WELL);
    }

    private void assertMends(String what) {
        List<Finding> found = findings();
        assertThat(found)
                .as(what)
                .singleElement()
                .satisfies(finding -> assertThat(finding.what()).contains(what));
        host.exec("sh", "-c", found.getFirst().mend());
        assertThat(findings()).as("after " + found.getFirst().mend()).isEmpty();
    }

    @Test
    void chainsOfOthers_areNamed_andTheMendLetsThrough() {
        assertThat(findings()).isEmpty();
        host.command("nft", "-f", "-")
                .input("table inet mine { chain guard { type filter hook forward priority 5; policy drop; ct state"
                        + " established accept; }; }")
                .run();
        assertMends("chain guard of table inet mine refuses, by its policy");

        host.exec("iptables-nft", "-A", "FORWARD", "-j", "REJECT");
        assertMends("chain FORWARD of table ip filter refuses, by a rule");

        host.exec(
                "sh",
                "-c",
                "iptables-nft -F FORWARD; iptables-nft -N ufw-reject-forward;"
                        + " iptables-nft -A ufw-reject-forward -j REJECT; iptables-nft -A FORWARD -j ufw-reject-forward");
        assertThat(findings())
                .extracting(Finding::mend)
                .containsExactly("ufw route allow in on bailey0 && ufw route allow out on bailey0");
    }

    @Test
    void settings_areNamed_andTheMendSetsThem() {
        site.addSecondUplink();
        host.sysctl("net.ipv4.conf.eth1.rp_filter", "1");
        assertMends("net.ipv4.conf.eth1.rp_filter is strict");
        host.sysctl("net.ipv4.conf.eth1.forwarding", "0");
        assertMends("net.ipv4.conf.eth1.forwarding is 0");
    }

    @Test
    void ipv6_whatKeepsItFromPassing_isNamed() {
        host.exec("ip", "addr", "add", "2001:db8:1::2/64", "dev", "eth0", "nodad");
        host.exec("ip6tables-nft", "-A", "FORWARD", "-j", "REJECT");
        host.exec("ip", "-6", "route", "add", "default", "via", "2001:db8:1::1");
        assertThat(findings()).as("nobody has IPv6").isEmpty();
        bailey.engine().createNetwork(NetworkRequest.of("six").with(Ipv6Request.ANY));
        assertMends("chain FORWARD of table ip6 filter refuses, by a rule");

        host.sysctl("net.ipv6.conf.eth0.disable_ipv6", "1");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).isEqualTo("the host has no IPv6 default route");
            assertThat(finding.mend()).startsWith("sysctl -w net.ipv6.conf.eth0.disable_ipv6=0, which is 1 now");
        });
        host.sysctl("net.ipv6.conf.eth0.disable_ipv6", "0");
        host.sysctl("net.ipv6.conf.eth0.accept_ra", "1");
        assertThat(findings())
                .extracting(Finding::mend)
                .singleElement()
                .asString()
                .startsWith("sysctl -w net.ipv6.conf.eth0.accept_ra=2, where a router says the way");
        removeSix();
    }

    @Test
    void ipv6_defaultRouteThatNobodyRenews_isNamed_andOneThatSomebodyMadeIsNot() {
        host.sysctl("net.ipv6.conf.eth0.accept_ra", "2");
        LabHost router = site.addNeighbour("172.17.0.0/16");
        MacAddress mac = MacAddress.parse("02:00:5e:00:53:01");
        Await.until("the router's address", () -> {
            Frames.send(router, Frames.routerAdvertisement(mac, Ipv6Address.parse("fe80::5e")));
            return host.exec("ip", "-6", "route").output().contains("default via fe80::5e");
        });
        bailey.engine().createNetwork(NetworkRequest.of("six").with(Ipv6Request.ANY));
        assertThat(findings()).isEmpty();
        host.sysctl("net.ipv6.conf.eth0.accept_ra", "1");
        assertMends("net.ipv6.conf.eth0.accept_ra is 1, and eth0 forwards");

        host.exec("sh", "-c", "ip -6 route flush default; ip -6 route add default via fe80::5f dev eth0 proto ra");
        host.sysctl("net.ipv6.conf.eth0.accept_ra", "1");
        assertThat(findings()).isEmpty();
        removeSix();
    }

    private void removeSix() {
        bailey.engine()
                .removeNetwork(bailey.engine()
                        .snapshot()
                        .networkNamed("six")
                        .orElseThrow()
                        .id());
    }

    @Test
    void portsThatOthersWant_areNamedWithThem() {
        try (LabProcess server = host.command("nc", "-lk", "-p", "8080").start()) {
            Await.until("nc to listen", () -> !findings().isEmpty());
            assertThat(findings())
                    .extracting(Finding::what)
                    .containsExactly("0.0.0.0:8080/tcp, published by web, is wanted by process nc (" + server.pid()
                            + ") as well, which waits at 0.0.0.0:8080/tcp");
        }
        host.exec(
                "iptables-nft",
                "-t",
                "nat",
                "-A",
                "PREROUTING",
                "-p",
                "tcp",
                "--dport",
                "8080",
                "-j",
                "DNAT",
                "--to",
                "10.0.0.1:80");
        assertThat(findings())
                .extracting(Finding::what)
                .containsExactly(
                        "0.0.0.0:8080/tcp, published by web, is redirected by a rule of chain PREROUTING of table"
                                + " ip nat (DNAT tcp dpt:8080 to:10.0.0.1:80) at 0.0.0.0:8080/tcp");
    }
}
