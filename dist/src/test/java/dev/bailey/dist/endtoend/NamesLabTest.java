package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.DnsServer;
import dev.bailey.lab.Lab;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers that find each other by name, on a host with a search domain whose server hears what leaves. */
@Tag("lab")
@Timeout(300)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class NamesLabTest {
    private static final String WEB = "192.0.2.80";

    private Site site;
    private DnsServer dns;
    private RunningBailey bailey;

    @BeforeEach
    void start(Lab lab) {
        site = Site.build(lab);
        dns = site.internet().dns(Site.SERVICE, Map.of("www.example.test", WEB, "gone.example.test", WEB));
    }

    @AfterEach
    void remove() {
        bailey.run("rm", "-f", "db");
        bailey.run("network", "rm", "front");
    }

    private void runDatabase() {
        bailey.run("network", "create", "--subnet", "10.60.0.0/24", "front");
        bailey.run(
                "run", "-d", "--name", "db", "--network", "front", "--network-alias", "store", "host", "sleep", "600");
    }

    @Test
    void containers_onAUserDefinedNetwork_findEachOtherAndTellNobody() {
        String resolvConf = "nameserver " + Site.SERVICE + "\nsearch example.test\n";
        bailey = RunningBailey.start(site.host(), command -> command.file(Path.of("/etc/resolv.conf"), resolvConf));
        runDatabase();

        String inside = bailey.run(
                        "run",
                        "--rm",
                        "--network",
                        "front",
                        "host",
                        "sh",
                        "-c",
                        "cat /etc/resolv.conf; for name in db store.front www.example.test gone; do"
                                + " getent ahostsv4 $name | awk -v n=$name '{ print n, $1; exit }'; done")
                .output();
        assertThat(inside)
                .contains("nameserver 127.0.0.11\n")
                .contains("options ndots:0\n")
                .contains("ExtServers: [host(" + Site.SERVICE + ")]")
                .doesNotContain("search")
                .contains("db 10.60.0.2\n", "store.front 10.60.0.2\n", "www.example.test " + WEB + "\n")
                .doesNotContain("gone ");
        assertThat(dns.queries()).extracting(DnsServer.Query::name).containsOnly("www.example.test");
        assertThat(bailey.run("dns", "store").output()).contains("db", "front", "10.60.0.2");
    }

    @Test
    void container_onANetworkWithIpv6_hasAnAddressThatIsKept_andItsNameLeadsThere() {
        bailey = RunningBailey.start(site.host());
        bailey.run("network", "create", "--ipv6", "--subnet", "fd00:60::/64", "--subnet", "10.60.0.0/24", "front");
        bailey.run(
                "run",
                "-d",
                "--name",
                "db",
                "--network",
                "front",
                "--ip6",
                "fd00:60::9",
                "-p",
                "8080:80",
                "host",
                "sleep",
                "600");

        assertThat(bailey.run("port", "db").output()).isEqualTo("80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n");
        assertThat(bailey.run("ps").output()).contains("0.0.0.0:8080->80/tcp, [::]:8080->80/tcp");
        assertThat(bailey.run("inspect", "db").output()).contains("\"HostIp\": \"::\"");
        assertThat(bailey.run("port", "rm", "db", "[::]:8080:80").output()).isEqualTo("[::]:8080:80/tcp\n");
        assertThat(bailey.run("port", "add", "db", "[::]:8081:80,from=fd00::/8").output())
                .isEqualTo("[::]:8081:80/tcp,from=fd00::/8\n");
        assertThat(bailey.run("dns", "FD00:60:0::9").output()).contains("db", "front", "fd00:60::9");
        assertThat(bailey.run("exec", "db", "ip", "-6", "-br", "addr", "show", "eth0")
                        .output())
                .contains("fd00:60::9/64");
        assertThat(bailey.run("exec", "db", "cat", "/etc/hosts").output()).contains("::1\tlocalhost", "fd00:60::9\t");
        assertThat(bailey.run("inspect", "db").output())
                .contains("\"GlobalIPv6Address\": \"fd00:60::9\"", "\"IPv6Gateway\": \"fd00:60::1\"");
        assertThat(bailey.run("network", "inspect", "front").output())
                .contains("\"EnableIPv6\": true", "\"Subnet\": \"fd00:60::/64\"", "\"IPv6Address\": \"fd00:60::9/64\"");
        String inside = bailey.run(
                        "run",
                        "--rm",
                        "--network",
                        "front",
                        "host",
                        "sh",
                        "-c",
                        "getent ahostsv6 db; ping -6 -c1 -W5 db")
                .output();
        assertThat(inside).contains("fd00:60::9", "1 received");
        bailey.run("stop", "-t", "0", "db");
        assertThat(bailey.run("start", "db").output()).contains("db");
        assertThat(bailey.run("exec", "db", "ip", "-6", "-br", "addr").output()).contains("fd00:60::9/64");
    }

    @Test
    void container_onANetworkWithoutIpv4_hasNoneInAnyView_alsoAfterACrash() {
        bailey = RunningBailey.start(site.host());
        bailey.run("network", "create", "--ipv4=false", "--ipv6", "--subnet", "fd00:60::/64", "front");
        bailey.run("run", "-d", "--name", "db", "--network", "front", "-p", "8080:80", "host", "sleep", "600");
        verifyWithoutIpv4();
        assertThat(bailey.bailey("run", "--rm", "--network", "front", "--ip", "10.0.0.9", "host", "true")
                        .execute()
                        .error())
                .contains("network front has no IPv4 and no address 10.0.0.9");
        assertThat(bailey.bailey("run", "--rm", "--network", "front", "-p", "127.0.0.1:81:81", "host", "true")
                        .execute()
                        .error())
                .contains("network front has no IPv4, name an IPv6 address of this host or leave it out");
        assertThat(bailey.bailey("network", "create", "--ipv4=false", "neither")
                        .execute()
                        .error())
                .contains("neither IPv4 nor IPv6");

        bailey.daemon().kill();
        bailey = RunningBailey.start(site.host());
        verifyWithoutIpv4();
    }

    private void verifyWithoutIpv4() {
        assertThat(bailey.run("exec", "db", "ip", "-o", "addr", "show", "eth0").output())
                .contains("fd00:60::2/64")
                .doesNotContain("inet ");
        assertThat(bailey.run("exec", "db", "cat", "/etc/hosts").output())
                .contains("fd00:60::2\t")
                .doesNotContain("172.", "null");
        assertThat(bailey.run("inspect", "db").output())
                .contains("\"IPAddress\": \"\"", "\"IPPrefixLen\": 0", "\"GlobalIPv6Address\": \"fd00:60::2\"");
        assertThat(bailey.run("port", "db").output()).isEqualTo("80/tcp -> [::]:8080\n");
        assertThat(bailey.run("ps").output()).contains("[::]:8080->80/tcp").doesNotContain("0.0.0.0:8080");
        assertThat(bailey.run("network", "ls").output()).contains("fd00:60::/64");
        assertThat(bailey.run("network", "inspect", "front").output())
                .contains("\"EnableIPv4\": false", "\"IPv4Address\": \"\"", "\"IPv6Address\": \"fd00:60::2/64\"");
        assertThat(bailey.run("dns", "db").output()).contains("fd00:60::2");
        assertThat(bailey.run("bridges", "--format", "json").output()).contains("fd00:60::1/64", "fd00:60::2/64");
        assertThat(bailey.bailey("doctor").execute().output()).doesNotContain("br-", "front");
    }

    @Test
    void container_thatJoinsWhileItRuns_getsItsResolver_andKeepsItOverARestart() {
        bailey = RunningBailey.start(site.host());
        runDatabase();
        bailey.run("run", "-d", "--rm", "--name", "late", "host", "sleep", "600");
        bailey.run("exec", "late", "sh", "-c", "echo 192.0.2.9 mine >> /etc/hosts");
        String before = bailey.run("exec", "late", "cat", "/etc/hosts").output();
        String file =
                bailey.run("exec", "late", "stat", "-c", "%i", "/etc/hosts").output();
        bailey.run("network", "connect", "front", "late");
        assertThat(bailey.run("exec", "late", "sh", "-c", "cat /etc/hosts; getent ahostsv4 $(hostname)")
                        .output())
                .startsWith(before + "10.60.0.3\t")
                .containsPattern("(?m)^10\\.60\\.0\\.3 +STREAM");
        assertThat(bailey.run("exec", "late", "getent", "ahostsv4", "store").output())
                .startsWith("10.60.0.2 ");
        bailey.run("network", "disconnect", "front", "late");
        assertThat(bailey.run("exec", "late", "cat", "/etc/resolv.conf").output())
                .doesNotContain("127.0.0.11");
        assertThat(bailey.run("exec", "late", "cat", "/etc/hosts").output()).isEqualTo(before);
        assertThat(bailey.run("exec", "late", "stat", "-c", "%i", "/etc/hosts").output())
                .isEqualTo(file);
        bailey.run("rm", "-f", "late");

        bailey.daemon().kill();
        bailey = RunningBailey.start(site.host());
        assertThat(bailey.run("exec", "db", "getent", "ahostsv4", "db.front").output())
                .startsWith("10.60.0.2 ");
    }
}
