package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BrokenPart.Kind;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules of others that drop what is forwarded, with iptables as Docker, ufw and operators use it. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class NeighboursLabTest {
    private static final String IN = "-A FORWARD -i bailey0 -m comment --comment bailey -j ACCEPT";
    private static final String OUT = "-A FORWARD -o bailey0 -m comment --comment bailey -j ACCEPT";

    private LabHost host;
    private LabHost internet;
    private BrokenHost broken;

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        internet = lab.host("internet");
        broken = new BrokenHost(host, internet, FirewallBackend.NFTABLES, "nft");
    }

    @AfterEach
    void stop() {
        broken.close();
    }

    private String forward() {
        return host.exec("iptables-nft", "-S", "FORWARD").output();
    }

    @Test
    void policyBecomesDrop_trafficGoesOn_andRulesGoWithThePolicy() {
        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-P", "FORWARD", "DROP");
        assertThat(forward().lines()).containsExactly("-P FORWARD DROP", IN, OUT);
        broken.web.exec("ping", "-c1", "-W5", "198.51.100.1");

        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-F", "FORWARD");
        assertThat(forward().lines()).containsExactly("-P FORWARD DROP", IN, OUT);

        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-P", "FORWARD", "ACCEPT");
        assertThat(forward().lines()).containsExactly("-P FORWARD ACCEPT");
    }

    @Test
    void policyIsDrop_nothingElseIsLetThrough() {
        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-P", "FORWARD", "DROP");

        assertThat(internet.command("ping", "-c1", "-W1", broken.on.address("web"))
                        .execute()
                        .exitCode())
                .as("unasked, to a container")
                .isNotZero();
        LabHost neighbour = host.lab().host("neighbour");
        host.lab().link(host, "lan0", "10.9.0.1/24", neighbour, "h1", "10.9.0.2/24");
        neighbour.route("default", "10.9.0.1");
        internet.route("10.9.0.0/24", "198.51.100.2");
        assertThat(neighbour
                        .command("ping", "-c1", "-W1", "198.51.100.1")
                        .execute()
                        .exitCode())
                .as("of others, who are none of ours")
                .isNotZero();
    }

    @Test
    void rulesOfTheOperator_comeBeforeOurs() {
        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-P", "FORWARD", "DROP");

        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-A", "FORWARD", "-p", "icmp", "-j", "DROP");

        assertThat(forward().lines()).containsExactly("-P FORWARD DROP", "-A FORWARD -p icmp -j DROP", IN, OUT);
        assertThat(broken.web
                        .command("ping", "-c1", "-W1", "198.51.100.1")
                        .execute()
                        .exitCode())
                .isNotZero();
        broken.verifyConnection();
    }

    @Test
    void restart_findsItsRulesAndAddsNone() {
        broken.harm(Kind.RULES, "nftables", "iptables-nft", "-P", "FORWARD", "DROP");
        String before = forward();

        broken.on.restart(FirewallBackend.NFTABLES);
        assertThat(forward()).isEqualTo(before);
        broken.verifyConnection();

        broken.on.restart(FirewallBackend.IPTABLES);
        assertThat(forward().lines()).doesNotContain(IN, OUT).anyMatch(line -> line.contains("BAILEY-FORWARD"));
        broken.verifyConnection();
    }
}
