package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.BrokenPart.Kind;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to rules of the iptables backend, with both variants, while a connection is open. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@ParameterizedClass
@ValueSource(strings = {"nft", "legacy"})
class RuleRepairLabTest {
    private static final String FOREIGN = """
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD DROP [0:0]
            :OUTPUT ACCEPT [0:0]
            -A FORWARD -i lo -j ACCEPT
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            -A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE
            COMMIT
            """;

    /** The tables of iptables-legacy are looked at twice a second, which is slower than the first answers that are slow. */
    private static final int MAX_ROUNDS = 20;

    private final String variant;

    @TempDir
    Path folder;

    private LabHost internet;
    private BrokenHost broken;
    private String before;

    RuleRepairLabTest(String variant) {
        this.variant = variant;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        internet = lab.host("internet");
        broken = new BrokenHost(lab.host("host"), internet, FirewallBackend.IPTABLES, variant);
        before = broken.on.saved("iptables-" + variant + "-save");
    }

    @AfterEach
    void stop() {
        broken.close();
    }

    private void harm(String... command) {
        broken.harm(Kind.RULES, "iptables", command);
    }

    private void verifyWhole() {
        assertThat(broken.on.saved("iptables-" + variant + "-save").lines())
                .containsExactlyInAnyOrderElementsOf(before.lines().toList());
        TcpServer server = internet.tcpWhoAmI("198.51.100.1", 8);
        broken.web.connectTcp("198.51.100.1", 8);
        assertThat(server.awaitClient().getHostString()).isEqualTo("198.51.100.2");
        broken.web.tcpEcho(broken.on.address("web"), 7);
        assertThat(internet.reachTcp(broken.on.address("web"), 7, Duration.ofMillis(300)))
                .isEqualTo(Reach.TIMED_OUT);
    }

    @Test
    void tablesAreFlushed_ourRulesComeBack() throws InterruptedException {
        harm("iptables-" + variant, "-F");
        harm("iptables-" + variant, "-t", "nat", "-F");
        // Without a single chain the kernel translates nothing, of what is open neither: a delayed acknowledgement of
        // the
        // last echo (at most 200 ms) would leave with the container's address just then.
        TimeUnit.MILLISECONDS.sleep(300);
        // The repair may come between the two, and put chains back that the second takes for there or gone.
        String flush = "for t in filter nat; do iptables-V -t $t -F; iptables-V -t $t -X || true; done";
        harm("sh", "-c", flush.replace("V", variant));
        verifyWhole();
    }

    @Test
    void foreignSetIsRestored_oursComesBackBesideIt() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules"), FOREIGN);

        harm("sh", "-c", "iptables-" + variant + "-restore < " + rules);

        assertThat(broken.on.saved("iptables-" + variant + "-save"))
                .contains("-A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE", ":FORWARD DROP", "-A FORWARD -i lo -j ACCEPT");
        TcpServer server = internet.tcpWhoAmI("198.51.100.1", 8);
        broken.web.connectTcp("198.51.100.1", 8);
        assertThat(server.awaitClient().getHostString()).isEqualTo("198.51.100.2");
    }

    @Test
    void singleRuleIsRemoved_comesBack() {
        harm("iptables-" + variant, "-D", "BAILEY-FORWARD", "-o", "bailey0", "-j", "DROP");
        harm(
                "iptables-" + variant,
                "-t",
                "nat",
                "-D",
                "POSTROUTING",
                "-s",
                "172.17.0.0/16",
                "!",
                "-o",
                "bailey0",
                "-j",
                "MASQUERADE");
        harm("ip6tables-" + variant, "-F", "BAILEY-FORWARD");
        verifyWhole();
    }

    @Test
    void ruleOfOthersStandsBeforeOurs_oursIsFirstAgain() {
        harm("iptables-" + variant, "-I", "FORWARD", "-j", "ACCEPT");
        broken.web.tcpEcho(broken.on.address("web"), 7);
        assertThat(internet.reachTcp(broken.on.address("web"), 7, Duration.ofMillis(300)))
                .isEqualTo(Reach.TIMED_OUT);
    }

    @Test
    void redirectionOfOthersStandsBehindOurs_oursIsLastAgain_andWhoWantsToBeLastAsWellGetsSlowAnswers() {
        String rule = " -p tcp -m tcp --dport 7070 -j REDIRECT --to-ports 9090";
        BrokenPart order = new BrokenPart(Kind.ORDER, "iptables");
        broken.harm(Kind.ORDER, "iptables", "sh", "-c", append(rule));
        assertThat(isLast()).isTrue();
        for (int round = 0; round < MAX_ROUNDS && !broken.isPostponed(order); round++) {
            broken.host.exec("sh", "-c", "iptables-" + variant + " -t nat -D PREROUTING" + rule + "; " + append(rule));
            Await.until("an answer", () -> isLast() || broken.isPostponed(order));
        }
        assertThat(broken.isPostponed(order)).isTrue();
        harm("iptables-" + variant, "-F", "BAILEY-FORWARD");
    }

    private String append(String rule) {
        return "iptables-" + variant + " -t nat -A PREROUTING" + rule;
    }

    private boolean isLast() {
        return broken.on
                .print("iptables-" + variant, "-t", "nat", "-S", "PREROUTING")
                .strip()
                .endsWith("-j BAILEY");
    }

    @Test
    void rulesOfOthers_comeAndGo_nothingIsRepaired() {
        broken.on.print("iptables-" + variant, "-A", "INPUT", "-s", "10.9.9.9", "-j", "DROP");
        broken.on.print("iptables-" + variant, "-A", "FORWARD", "-s", "10.9.9.9", "-j", "DROP");
        broken.on.print("iptables-" + variant, "-A", "BAILEY-USER", "-s", "10.9.9.9", "-j", "DROP");
        broken.on.print("iptables-" + variant, "-D", "FORWARD", "-s", "10.9.9.9", "-j", "DROP");

        harm("iptables-" + variant, "-t", "nat", "-F");

        assertThat(broken.otherRepairs()).isEmpty();
        assertThat(broken.on.saved("iptables-" + variant + "-save")).contains("-A BAILEY-USER -s 10.9.9.9/32 -j DROP");
    }
}
