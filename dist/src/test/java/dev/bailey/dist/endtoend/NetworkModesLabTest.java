package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers without an endpoint: those that have loopback alone, the host's network, or that of another container. */
@Tag("lab")
@Timeout(300)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class NetworkModesLabTest {
    private static final String RESOLV_CONF = "nameserver 127.0.0.53\nsearch example.test\n";
    private static final Duration SHORT = Duration.ofSeconds(1);

    private Site site;
    private RunningBailey bailey;

    @BeforeEach
    void start(Lab lab) {
        site = Site.build(lab);
        bailey = running();
    }

    private RunningBailey running() {
        return RunningBailey.start(site.host(), command -> command.file(Path.of("/etc/resolv.conf"), RESOLV_CONF));
    }

    private void assertRefused(String reason, String... words) {
        CommandResult refused = bailey.bailey(words).execute();
        assertThat(refused.succeeded()).isFalse();
        assertThat(refused.error()).contains(reason).hasLineCount(1);
    }

    @Test
    void none_isLoopbackAlone() {
        String inside = bailey.run(
                        "run",
                        "--rm",
                        "--network",
                        "none",
                        "host",
                        "sh",
                        "-c",
                        "ls /sys/class/net; ip route; cat /etc/hosts; ping -c1 -W2 127.0.0.1;"
                                + " ping -c1 -W2 198.51.100.2 || echo cut off")
                .output();
        assertThat(inside)
                .startsWith("lo\n127.0.0.1\tlocalhost\n")
                .contains("1 received")
                .contains("cut off");

        bailey.run("run", "-d", "--name", "alone", "--network", "none", "host", "sleep", "600");
        assertRefused("has network none and cannot be connected", "network", "connect", "bridge", "alone");
        assertRefused("a container has network none from its making", "network", "connect", "none", "alone");
        assertRefused(
                "no port can be published with network none", "run", "-p", "80:80", "--network", "none", "host", "sh");
        assertThat(bailey.run("inspect", "alone").output()).contains("\"NetworkMode\": \"none\"", "\"none\": {");
        bailey.daemon().kill();
        bailey = running();
        assertThat(bailey.run("exec", "alone", "ip", "-br", "link").output())
                .startsWith("lo ")
                .hasLineCount(1);
        bailey.run("stop", "-t", "0", "alone");
        bailey.run("start", "alone");
        assertThat(bailey.run("exec", "alone", "ls", "/sys/class/net").output()).isEqualTo("lo\n");
        bailey.run("rm", "-f", "alone");
    }

    @Test
    void host_isTheHostsOwnNetwork_withItsNameAndItsNames() {
        bailey.run("run", "-d", "--name", "server", "--network", "host", "host", "nc", "-lk", "-p", "8080");
        Await.until("the server to listen", () -> site.internet().reachTcp(Site.HOST, 8080, SHORT) == Reach.CONNECTED);
        assertThat(namespaceInside()).isEqualTo(namespaceOfHost());
        assertThat(bailey.run("exec", "server", "sh", "-c", "hostname; cat /etc/resolv.conf /etc/hosts")
                        .output())
                .isEqualTo(site.host()
                        .exec("sh", "-c", "hostname; printf '" + RESOLV_CONF.replace("\n", "\\n") + "'; cat /etc/hosts")
                        .output());
        assertThat(bailey.run("inspect", "server").output()).contains("\"NetworkMode\": \"host\"", "\"host\": {");
        assertThat(bailey.run("network", "inspect", "host").output()).contains("\"Name\": \"server\"");
        assertThat(bailey.run("network", "inspect", "bridge").output()).contains("\"Containers\": {}");
        assertThat(bailey.run("network", "ls").output()).contains(" host ", " null ", "local");
        assertRefused(
                "no port can be published with network host", "run", "-p", "80:80", "--network", "host", "host", "sh");
        assertRefused("network host stands alone", "run", "--network", "host", "--network", "bridge", "host", "sh");
        assertRefused("has network host and cannot be connected", "network", "connect", "bridge", "server");
        assertRefused("is a pre-defined network", "network", "rm", "host");
        bailey.run("rm", "-f", "server");
    }

    @Test
    void host_keepsItsModeOverRestarts_andTakesNothingOfTheHostsWithIt() {
        bailey.run("run", "-d", "--name", "server", "--network", "host", "host", "nc", "-lk", "-p", "8080");
        bailey.daemon().kill();
        bailey = running();
        assertThat(namespaceInside()).isEqualTo(namespaceOfHost());
        bailey.run("stop", "-t", "0", "server");
        assertThat(site.internet().reachTcp(Site.HOST, 8080, SHORT)).isEqualTo(Reach.REFUSED);
        bailey.run("start", "server");
        assertThat(namespaceInside()).isEqualTo(namespaceOfHost());
        bailey.run("rm", "-f", "server");
        assertThat(site.host().exec("ip", "-br", "address", "show", "eth0").output())
                .contains(Site.HOST + "/24");
        assertThat(site.host().sysctl("net.ipv4.ip_unprivileged_port_start")).isEqualTo("1024");
    }

    @Test
    void container_isTheNetworkOfAnother_withItsNamesAndPorts() {
        bailey.run("network", "create", "lan");
        bailey.run("network", "create", "late");
        String db = bailey.run("run", "-d", "--name", "db", "--network", "lan", "-p", "8080:80", "host", "sleep", "600")
                .output()
                .strip();
        bailey.run("run", "-d", "--name", "server", "--network", "container:db", "host", "nc", "-lk", "-p", "80");
        Await.until("the server to listen", () -> site.internet().reachTcp(Site.HOST, 8080, SHORT) == Reach.CONNECTED);
        assertThat(namespaceInside())
                .isEqualTo(
                        bailey.run("exec", "db", "readlink", "/proc/1/ns/net").output());
        String files = "hostname; cat /etc/hostname /etc/hosts /etc/resolv.conf; getent hosts db; ip -br address";
        assertThat(bailey.run("exec", "server", "sh", "-c", files).output())
                .isEqualTo(bailey.run("exec", "db", "sh", "-c", files).output())
                .contains("nameserver 127.0.0.11");
        bailey.run("network", "connect", "late", "db");
        assertThat(bailey.run("exec", "server", "sh", "-c", "ip -br link; cat /etc/hosts")
                        .output())
                .isEqualTo(bailey.run("exec", "db", "sh", "-c", "ip -br link; cat /etc/hosts")
                        .output())
                .contains("eth1");

        assertThat(bailey.run("inspect", "server").output())
                .contains("\"NetworkMode\": \"container:" + db + "\"", "\"Networks\": {}");
        assertRefused("and cannot be connected", "network", "connect", "lan", "server");
        assertRefused("ports of one in another's network are the other's", "port", "add", "server", "81:81");
        bailey.run("rm", "-f", "server", "db");
    }

    @Test
    void container_outlivesTheOther_andStartsOnlyWhereThatRuns() {
        bailey.run("run", "-d", "--name", "db", "host", "sleep", "600");
        bailey.run("run", "-d", "--name", "server", "--network", "container:db", "host", "sleep", "600");
        bailey.daemon().kill();
        bailey = running();
        bailey.run("stop", "-t", "0", "db");
        assertThat(bailey.run("exec", "server", "ls", "/sys/class/net").output())
                .isEqualTo("lo\n");
        bailey.run("stop", "-t", "0", "server");
        assertRefused("the network is that of container db, which does not run", "start", "server");
        bailey.run("start", "db");
        bailey.run("start", "server");
        assertThat(bailey.run("exec", "server", "ls", "/sys/class/net").output())
                .isEqualTo("eth0\nlo\n");
        bailey.run("rm", "-f", "db");
        bailey.run("stop", "-t", "0", "server");
        assertRefused("which is gone: make it anew", "start", "server");
        bailey.run("rm", "-f", "server");
    }

    /** What the other one has is refused; whose network it would be has to be there. */
    @Test
    void container_whatBelongsToTheOther_isRefused() {
        bailey.run("run", "-d", "--name", "db", "host", "sleep", "600");
        assertSharingRefused("the ports are those of the other container", "-p", "80:80");
        assertSharingRefused("hostname: leave --hostname out", "--hostname", "web");
        assertSharingRefused("resolv.conf: leave --dns", "--dns", "192.0.2.1");
        assertSharingRefused("hosts file: leave --add-host out", "--add-host", "a:192.0.2.1");
        assertSharingRefused("stands alone", "--network", "bridge");
        assertRefused("No such container: nobody", "run", "--network", "container:nobody", "host", "sh");
        assertRefused("names nobody", "run", "--network", "container:", "host", "sh");
        bailey.run("run", "-d", "--name", "free", "--network", "host", "host", "sleep", "600");
        assertThat(bailey.run("run", "--rm", "--network", "container:free", "host", "readlink", "/proc/self/ns/net")
                        .output())
                .isEqualTo(namespaceOfHost());
        bailey.run("rm", "-f", "db", "free");
    }

    private void assertSharingRefused(String reason, String... options) {
        String[] words = Stream.of(
                        Stream.of("run", "--network", "container:db"), Stream.of(options), Stream.of("host", "sh"))
                .flatMap(Function.identity())
                .toArray(String[]::new);
        assertRefused(reason, words);
    }

    private String namespaceInside() {
        return bailey.run("exec", "server", "readlink", "/proc/1/ns/net").output();
    }

    private String namespaceOfHost() {
        return site.host().exec("readlink", "/proc/self/ns/net").output();
    }
}
