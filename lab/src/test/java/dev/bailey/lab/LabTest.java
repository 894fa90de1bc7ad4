package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.lab.junit.LabExtension;
import dev.bailey.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("lab")
@ExtendWith(LabExtension.class)
class LabTest {
    @Test
    void link_twoHosts_reachEachOther(Lab lab) {
        LabHost one = lab.host("one");
        LabHost other = lab.host("other");
        lab.link(one, "eth0", "192.0.2.1/24", other, "eth1", "192.0.2.2/24");

        assertThat(one.exec("ping", "-c1", "-W5", "192.0.2.2").output()).contains("1 received");
        assertThat(other.exec("ip", "-o", "-4", "address", "show", "dev", "eth1")
                        .output())
                .contains("192.0.2.2/24");
    }

    @Test
    void host_fresh_isAloneWithItsLoopbackInterface(Lab lab) {
        LabHost host = lab.host("host");

        assertThat(host.exec("ip", "-o", "link").lines())
                .singleElement()
                .asString()
                .contains("lo:", "UP");
        assertThat(lab.hosts()).containsExactly(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host", "a b", "-a", "a/b", "..", "a-name-that-is-longer-than-32-chars"})
    void host_badName_isRefused(String name, Lab lab) {
        assertThatThrownBy(() -> lab.host(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host name \"" + name + "\"");
    }

    @Test
    void host_takenName_isRefused(Lab lab) {
        lab.host("host");

        assertThatThrownBy(() -> lab.host("host")).hasMessage("the lab has a host named host already");
        assertThat(lab.hosts()).hasSize(1);
    }

    @Test
    void link_interfaceExists_saysWhatAndLeavesNothing(Lab lab) {
        LabHost one = lab.host("one");
        LabHost other = lab.host("other");
        lab.link(one, "eth0", other, "eth0");

        assertThatThrownBy(() -> lab.link(one, "eth1", other, "eth0"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("eth1")
                .hasMessageContaining("EEXIST");
        assertThat(one.exec("ip", "-o", "link").output()).doesNotContain("eth1");
    }

    @Test
    void ethernetSwitch_threeHosts_reachEachOther(Lab lab) {
        LabSwitch lan = lab.ethernetSwitch("lan");
        LabHost a = lab.host("a");
        LabHost b = lab.host("b");
        LabHost c = lab.host("c");
        lan.plug(a, "eth0", "192.0.2.1/24").plug(b, "eth0", "192.0.2.2/24").plug(c, "eth0", "192.0.2.3/24");

        a.exec("ping", "-c1", "-W5", "192.0.2.3");
        c.exec("ping", "-c1", "-W5", "192.0.2.2");
    }

    @Test
    void adopt_namespaceOfAnother_isUsedAndLetAlone(Lab lab) throws Exception {
        LabHost owner = lab.host("owner");

        try (Lab second = Lab.create()) {
            LabHost guest = second.adopt("guest", owner.path());
            guest.address("lo", "192.0.2.7/32");

            assertThat(guest.inode()).isEqualTo(owner.inode());
        }

        assertThat(owner.exec("ip", "-o", "address").output()).contains("192.0.2.7/32");
    }

    @Test
    void adopt_notANamespace_isRefused(Lab lab) throws IOException {
        Path file = Files.createFile(lab.directory().resolve("plain"));

        assertThatThrownBy(() -> lab.adopt("guest", file))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("cannot adopt guest")
                .hasMessageContaining(file.toString());
        assertThat(lab.hosts()).isEmpty();
    }

    @Test
    void close_inTheMiddleOfEverything_leavesNothing() throws Exception {
        LeakCheck check = LeakCheck.start();
        Lab lab = Lab.create();
        LabHost host = lab.host("host");
        LabHost other = lab.host("other");
        lab.link(host, "eth0", "192.0.2.1/24", other, "eth0", "192.0.2.2/24");
        other.tcpEcho("192.0.2.2", 7);
        other.udpEcho("192.0.2.2", 7);
        host.connectTcp("192.0.2.2", 7).verifyEcho();
        host.command("sleep", "1000").start();
        // A process that the lab did not start itself, deaf to SIGTERM, in a session of its own.
        host.exec("sh", "-c", "trap '' TERM; setsid sleep 1000 & setsid sleep 1000 &");
        Path inside = Files.createDirectories(lab.directory().resolve("a/b"));
        Mounts.bind(Path.of("/proc"), inside);
        host.netnsName();

        assertThat(lab.processes()).hasSize(3);
        assertThat(check.leaks()).isNotEmpty();
        lab.close();
        lab.close();

        check.requireNone();
        assertThat(lab.directory()).doesNotExist();
        assertThat(Path.of("/proc/self")).exists();
    }

    @Test
    void close_machinesOwnNamespaceBoundInside_letsItsProcessesAlone() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "1000").start();
        try {
            Lab lab = Lab.create();
            Path own = Files.createFile(lab.directory().resolve("own"));
            Mounts.bind(Path.of("/proc/self/ns/net"), own);

            lab.close();

            assertThat(lab.directory()).doesNotExist();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly().waitFor();
        }
    }

    @Test
    void host_afterClose_isRefused() {
        Lab lab = Lab.create();
        lab.close();

        assertThatThrownBy(() -> lab.host("late")).isInstanceOf(IllegalStateException.class);
    }
}
