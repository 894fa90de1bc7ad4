package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The words for the backends. */
class FirewallBackendTest {
    @Test
    void parse_ownWords_giveThemBack() {
        for (FirewallBackend backend : FirewallBackend.values()) {
            assertThat(FirewallBackend.parse(backend.toString())).isEqualTo(backend);
        }
        assertThat(FirewallBackend.IPTABLES).hasToString("iptables");
    }

    @Test
    void parse_otherWord_namesThoseThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FirewallBackend.parse("ipchains"))
                .withMessage("'ipchains' is no firewall backend: there is nftables and iptables");
    }
}
