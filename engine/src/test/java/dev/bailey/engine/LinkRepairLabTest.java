package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BrokenPart.Kind;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What others do to links, addresses, routes and settings of the real kernel while a connection is open. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class LinkRepairLabTest {
    private static final String BRIDGE = "bailey0";

    private LabHost host;
    private BrokenHost broken;

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        broken = new BrokenHost(host, lab.host("internet"), FirewallBackend.NFTABLES, "nft");
    }

    @AfterEach
    void stop() {
        broken.close();
    }

    private String hostEnd() {
        return broken.endpoint.hostEnd().value();
    }

    /** Without what passes with time, and without the index. */
    private String state(String link) {
        return host.exec("ip", "-d", "addr", "show", link)
                .output()
                .replaceAll("(?m)^\\d+: |(timer|gc_timer) +\\S+|state \\w+ |^ +inet6.*\n.*", "");
    }

    @Test
    void bridgeIsRemoved_isThereAgainWithItsPorts() {
        String before = state(BRIDGE);
        broken.harm(Kind.LINK, BRIDGE, "ip", "link", "del", BRIDGE);
        assertThat(state(BRIDGE)).isEqualTo(before);
        assertThat(host.exec("bridge", "link").output()).contains(hostEnd(), "master " + BRIDGE);
    }

    @Test
    void bridgeIsSetDown_isUpAgain() {
        broken.harm(Kind.LINK, BRIDGE, "ip", "link", "set", BRIDGE, "down");
        assertThat(broken.otherRepairs()).isEmpty();
    }

    @Test
    void hostEndIsSetDown_isUpAgain() {
        broken.harm(Kind.LINK, hostEnd(), "ip", "link", "set", hostEnd(), "down");
        assertThat(broken.otherRepairs()).isEmpty();
    }

    @Test
    void hostEndIsFreed_isAPortAgain() {
        broken.harm(Kind.LINK, hostEnd(), "ip", "link", "set", hostEnd(), "nomaster");
        broken.harm(Kind.LINK, hostEnd(), "brctl", "delif", BRIDGE, hostEnd());
    }

    @Test
    void hostEndIsMovedToAnotherBridge_comesBack() {
        host.exec("ip", "link", "add", "other0", "type", "bridge");
        broken.harm(Kind.LINK, hostEnd(), "ip", "link", "set", hostEnd(), "master", "other0");
        assertThat(host.exec("bridge", "link").output()).contains("master " + BRIDGE);
    }

    @Test
    void hostEndIsRemoved_bothEndsAreMadeAnew() {
        String before =
                broken.web.exec("ip", "-br", "addr", "show", "eth0").output().replaceAll("@if\\d+", "");
        String mac = broken.web.exec("cat", "/sys/class/net/eth0/address").output();

        broken.harm(Kind.LINK, hostEnd(), "ip", "link", "del", hostEnd());

        assertThat(broken.web.exec("ip", "-br", "addr", "show", "eth0").output().replaceAll("@if\\d+", ""))
                .isEqualTo(before);
        assertThat(broken.web.exec("cat", "/sys/class/net/eth0/address").output())
                .isEqualTo(mac);
    }

    @Test
    void addressesAreFlushed_ourOwnComesBack() {
        broken.harm(Kind.LINK, BRIDGE, "ip", "addr", "flush", "dev", BRIDGE);
        assertThat(broken.otherRepairs()).isEmpty();
    }

    @Test
    void routeIsRemoved_comesBackAsItWas() {
        String before = host.exec("ip", "route").output();
        broken.harm(Kind.LINK, BRIDGE, "ip", "route", "del", "172.17.0.0/16");
        assertThat(host.exec("ip", "route").output()).isEqualTo(before);
    }

    @Test
    void forwardingIsSwitchedOff_isOnAgain() {
        broken.harm(Kind.SETTING, "net.ipv4.ip_forward", "sysctl", "-w", "net.ipv4.ip_forward=0");
        broken.harm(
                Kind.SETTING,
                "net.ipv4.conf." + BRIDGE + ".forwarding",
                "sysctl",
                "-w",
                "net.ipv4.conf." + BRIDGE + ".forwarding=0");
    }

    @Test
    void networkManagersTakeTheBridge_itIsGivenBack() {
        broken.harm(
                Kind.LINK,
                BRIDGE,
                "sh",
                "-c",
                "ip link set BR down; ip addr flush dev BR; ip link set BR mtu 9000; ip addr add 10.0.0.1/24 dev BR"
                        .replace("BR", BRIDGE));
        broken.harm(Kind.LINK, BRIDGE, "ip", "link", "set", BRIDGE, "mtu", "1280");
        // On a busy machine the first of them is repaired in several steps, and one of those was waited for.
        Await.until("the bridge to be given back", () -> {
            String state = state(BRIDGE);
            return Stream.of("172.17.0.1/16", "mtu 1500", "10.0.0.1/24").allMatch(state::contains);
        });
    }

    @Test
    void others_changeWhatIsTheirs_nothingIsRepaired() {
        host.exec("ip", "link", "add", "veth0", "type", "veth", "peer", "name", "veth1");
        host.exec("ip", "addr", "add", "10.9.0.1/24", "dev", "veth0");
        host.exec("ip", "link", "set", "veth0", "up");
        host.exec("ip", "addr", "add", "10.9.0.1/24", "dev", BRIDGE);
        host.exec("ip", "addr", "del", "10.9.0.1/24", "dev", BRIDGE);
        host.exec("ip", "link", "del", "veth0");
        host.exec("nft", "add table ip mine; delete table ip mine");

        broken.harm(Kind.LINK, BRIDGE, "ip", "link", "set", BRIDGE, "down");

        assertThat(broken.otherRepairs()).isEmpty();
    }
}
