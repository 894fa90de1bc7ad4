package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Mounts;
import dev.bailey.linux.NetworkNamespace;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class LeakCheckTest {
    @Test
    void leaks_labOpenedAndClosed_areNone() {
        LeakCheck check = LeakCheck.start();

        try (Lab lab = Lab.create()) {
            Site site = Site.build(lab);
            site.internet().tcpEcho(Site.SERVICE, 7);
            site.host().connectTcp(Site.SERVICE, 7).verifyEcho();
            site.host().exec("true");
            assertThat(check.leaks()).isNotEmpty();
        }

        check.requireNone();
    }

    @Test
    void requireNone_namespaceStillOpen_isTold() throws Exception {
        LeakCheck check = LeakCheck.start();
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThat(check.leaks()).contains("file descriptor of this JVM on net:[" + namespace.inode() + "]");
        }
        check.requireNone();
    }

    @Test
    void leaks_socketAndChildProcess_areTold() throws Exception {
        LeakCheck check = LeakCheck.start();
        Process child = new ProcessBuilder("sleep", "1000").inheritIO().start();
        try (DatagramSocket socket = new DatagramSocket()) {
            assertThat(check.leaks())
                    .anyMatch(line -> line.startsWith("file descriptor of this JVM on socket:["))
                    .anyMatch(line -> line.startsWith("process " + child.pid() + " ("));
            assertThat(socket.isClosed()).isFalse();
        } finally {
            child.destroyForcibly().waitFor();
        }
        check.requireNone();
    }

    @Test
    void leaks_mountBelowAWatchedDirectory_isTold(@TempDir Path directory) throws Exception {
        LeakCheck check = LeakCheck.start().watch(directory);
        Path target = Files.createDirectory(directory.resolve("target"));
        Mounts.bind(Path.of("/proc"), target);
        try {
            assertThat(check.leaks()).containsExactly("mount " + target + " (proc)");
        } finally {
            Mounts.unmount(target, true);
        }
        check.requireNone();
    }

    @Test
    void leaks_threadThatStaysInANamespace_isTold() throws Exception {
        try (Lab lab = Lab.create()) {
            LabHost host = lab.host("host");
            LeakCheck check = LeakCheck.start();
            host.call(() -> {
                assertThat(check.leaks()).anyMatch(line -> line.endsWith("in namespace " + host.inode()));
                return null;
            });
            check.requireNone();
        }
    }

    @Test
    void leaks_insideAReusedHost_areTold() throws Exception {
        try (Lab lab = Lab.create()) {
            LabHost host = lab.host("host");
            LabHost other = lab.host("other");
            lab.link(host, "eth0", "192.0.2.1/24", other, "eth0", "192.0.2.2/24");
            other.tcpEcho("192.0.2.2", 7);
            LeakCheck check = LeakCheck.start(host);

            host.exec("ip", "link", "add", "br0", "type", "bridge");
            host.exec("ip", "address", "add", "192.0.2.99/32", "dev", "lo");
            host.exec("ip", "route", "add", "203.0.113.0/24", "via", "192.0.2.2");
            host.exec("ip", "rule", "add", "fwmark", "7", "lookup", "100");
            host.exec(
                    "nft",
                    "add table inet left; add chain inet left c { type filter hook output priority 0; };"
                            + " add rule inet left c ct state invalid drop");
            host.connectTcp("192.0.2.2", 7).verifyEcho();
            LabProcess process = host.command("sleep", "1000").start();

            assertThat(check.leaks())
                    .anyMatch(line -> line.startsWith("link ") && line.contains("br0") && line.endsWith("in host"))
                    .anyMatch(line -> line.startsWith("address 192.0.2.99/32"))
                    .anyMatch(line -> line.startsWith("route 203.0.113.0/24"))
                    .anyMatch(line -> line.startsWith("rule ") && line.contains("100"))
                    .anyMatch(line -> line.startsWith("table inet left"))
                    .anyMatch(line -> line.startsWith("connection ") && line.contains(" to 192.0.2.2 "))
                    .anyMatch(line -> line.startsWith("process " + process.pid()));
        }
    }

    @Test
    void requireNone_somethingLeft_failsWithAllOfIt() throws Exception {
        LeakCheck check = LeakCheck.start();
        try (DatagramSocket one = new DatagramSocket();
                DatagramSocket two = new DatagramSocket()) {
            assertThatThrownBy(() -> check.requireNone(Duration.ofMillis(300)))
                    .isInstanceOfSatisfying(
                            LeakError.class, error -> assertThat(error.leaks()).hasSize(2))
                    .hasMessageStartingWith("left behind:\n  file descriptor of this JVM on socket:[");
            assertThat(one.getLocalPort()).isNotEqualTo(two.getLocalPort());
        }
    }
}
