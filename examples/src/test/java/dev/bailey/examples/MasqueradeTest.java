package dev.bailey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of a home router's rules, as a user of the lab writes it. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class MasqueradeTest {
    private static final String RULES = """
            table ip home {
              chain out {
                type nat hook postrouting priority srcnat
                oifname "wan" masquerade
              }
              chain through {
                type filter hook forward priority filter; policy drop
                iifname "lan" accept
                ct state established,related accept
              }
            }
            """;

    private LabHost laptop;
    private LabHost router;
    private LabHost internet;

    @BeforeEach
    void buildHome(Lab lab) {
        laptop = lab.host("laptop");
        router = lab.host("router").forwarding();
        internet = lab.host("internet");
        lab.link(laptop, "eth0", "192.168.1.10/24", router, "lan", "192.168.1.1/24");
        lab.link(router, "wan", "198.51.100.2/24", internet, "h0", "198.51.100.1/24");
        laptop.route("default", "192.168.1.1");
        internet.route("192.168.1.0/24", "198.51.100.2");
        router.command("nft", "-f", "-").input(RULES).run();
    }

    @Test
    void laptop_toTheInternet_isSeenWithTheRoutersAddress() {
        TcpServer server = internet.tcpEcho("198.51.100.1", 7);

        laptop.connectTcp("198.51.100.1", 7).verifyEcho();

        assertThat(server.awaitClient().getHostString()).isEqualTo("198.51.100.2");
    }

    @Test
    void internet_toTheLaptop_getsNoAnswer() {
        laptop.tcpEcho("192.168.1.10", 7);

        assertThat(router.reachTcp("192.168.1.10", 7, Duration.ofSeconds(10))).isEqualTo(Reach.CONNECTED);
        assertThat(internet.reachTcp("192.168.1.10", 7, Duration.ofMillis(500))).isEqualTo(Reach.TIMED_OUT);
    }
}
