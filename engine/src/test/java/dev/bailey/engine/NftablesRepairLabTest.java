package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BrokenPart.Kind;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What others try to do to rules of the nftables backend while a connection is open. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class NftablesRepairLabTest {
    @TempDir
    Path folder;

    private LabHost host;
    private BrokenHost broken;
    private String before;

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        broken = new BrokenHost(host, lab.host("internet"), FirewallBackend.NFTABLES, "nft");
        before = rules();
    }

    @AfterEach
    void stop() {
        broken.close();
    }

    private String rules() {
        return host.exec("nft", "-a", "list", "table", "inet", "bailey")
                .output()
                .replaceAll("packets \\d+ bytes \\d+", "");
    }

    @Test
    void flushRuleset_sparesOurTableAndTheOperatorsComesBack() {
        broken.harm(Kind.RULES, "nftables", "nft", "flush", "ruleset");
        assertThat(rules()).isEqualTo(before);
        assertThat(host.exec("nft", "list", "tables").output()).contains("table inet bailey-user");
        broken.harm(Kind.RULES, "nftables", "nft", "delete", "table", "inet", "bailey-user");
        assertThat(host.exec("nft", "list", "table", "inet", "bailey-user").output())
                .contains("hook forward", "hook postrouting");
    }

    @Test
    void singleThings_cannotBeRemoved() {
        for (String change : new String[] {
            "delete table inet bailey",
            "flush chain inet bailey forward",
            "flush table inet bailey",
            "delete chain inet bailey to_bailey0",
            "flush map inet bailey forward_to",
            "delete element inet bailey postrouting_from { 172.17.0.0/16 }"
        }) {
            assertThat(host.command("nft", change).execute().error()).as(change).contains("Operation not permitted");
        }
        assertThat(rules()).isEqualTo(before);
        broken.verifyConnection();
    }

    @Test
    void operatorsRules_comeAndGo_nothingIsRepaired() {
        host.exec("nft", "add rule inet bailey-user forward counter");
        host.exec("nft", "flush chain inet bailey-user forward");

        broken.harm(Kind.RULES, "nftables", "nft", "delete", "table", "inet", "bailey-user");

        assertThat(broken.otherRepairs()).isEmpty();
    }

    @Test
    void foreignSetsOfIptables_areHarmless() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules"), """
                *filter
                :FORWARD ACCEPT [0:0]
                COMMIT
                *nat
                :POSTROUTING ACCEPT [0:0]
                -A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE
                COMMIT
                """);
        for (String variant : new String[] {"nft", "legacy"}) {
            host.exec("sh", "-c", "iptables-" + variant + "-restore < " + rules);
            host.exec("iptables-" + variant, "-F");
            host.exec("iptables-" + variant, "-t", "nat", "-F");
        }
        assertThat(rules()).isEqualTo(before);
        broken.verifyConnection();
        assertThat(broken.otherRepairs()).isEmpty();
    }
}
