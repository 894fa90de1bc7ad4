package dev.bailey.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.ClosedChain.Author;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains of others that refuse, and the command for whoever writes them. */
class BlockFindingsTest {
    private static List<Finding> of(ClosedChain chain) {
        HostReport report = new HostReport(List.of(), List.of(), List.of(), List.of(chain), Map.of(), List.of());
        return BlockFindings.of(Snapshot.empty().with(DiagnosisTest.NETWORK), report);
    }

    @Test
    void of_chainThatLetsTheBridgePass_findsNothing() {
        assertThat(of(new ClosedChain("ip", "filter", "FORWARD", "its policy", Author.UFW, Set.of("bailey0"))))
                .isEmpty();
    }

    @Test
    void of_chainOfIpv6_countsForNetworksWithIpv6Alone() {
        ClosedChain chain = new ClosedChain("ip6", "filter", "FORWARD", "its policy", Author.IPTABLES, Set.of());
        assertThat(of(chain)).isEmpty();
        HostReport report = new HostReport(List.of(), List.of(), List.of(), List.of(chain), Map.of(), List.of());
        assertThat(BlockFindings.of(Snapshot.empty().with(Ipv6FindingsTest.NETWORK), report))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.why()).startsWith("IPv6 packets from and to br-six pass only if");
                    assertThat(finding.mend())
                            .isEqualTo("ip6tables -I FORWARD -i br-six -j ACCEPT && ip6tables -I FORWARD -o br-six -j"
                                    + " ACCEPT");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FIREWALLD | firewall-cmd --permanent --zone=trusted --add-interface=bailey0 && firewall-cmd --reload",
                "UFW | ufw route allow in on bailey0 && ufw route allow out on bailey0",
                "DOCKER | iptables -I DOCKER-USER -i bailey0 -j ACCEPT && iptables -I DOCKER-USER -o bailey0 -j ACCEPT",
                "IPTABLES | iptables -I chain -i bailey0 -j ACCEPT && iptables -I chain -o bailey0 -j ACCEPT",
                "NFTABLES | nft insert rule inet table chain iifname bailey0 accept && nft insert rule inet table chain"
                        + " oifname bailey0 accept"
            })
    void of_chainThatRefuses_saysWhatToTellItsAuthor(Author author, String mend) {
        assertThat(of(new ClosedChain("inet", "table", "chain", "a rule", author, Set.of())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what())
                            .isEqualTo(
                                    "chain chain of table inet table refuses, by a rule, what it did not accept before");
                    assertThat(finding.mend()).isEqualTo(mend);
                });
    }
}
