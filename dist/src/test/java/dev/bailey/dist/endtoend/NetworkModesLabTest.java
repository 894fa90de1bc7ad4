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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers without a network of the engine's: those that have loopback alone, and those that have the host's. */
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

    private String namespaceInside() {
        return bailey.run("exec", "server", "readlink", "/proc/1/ns/net").output();
    }

    private String namespaceOfHost() {
        return site.host().exec("readlink", "/proc/self/ns/net").output();
    }
}
