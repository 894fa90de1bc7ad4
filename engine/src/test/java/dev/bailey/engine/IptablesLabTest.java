package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The iptables backend on the real kernel, with both variants of the programs. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@ParameterizedClass
@ValueSource(strings = {"nft", "legacy"})
class IptablesLabTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final String variant;

    @TempDir
    Path folder;

    private LabHost internet;
    private LabHost host;
    private IptablesHost on;

    IptablesLabTest(String variant) {
        this.variant = variant;
    }

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        internet = lab.host("internet");
        IptablesHost.wire(host, internet);
        on = new IptablesHost(host, folder, FirewallBackend.IPTABLES, variant);
    }

    @AfterEach
    void stop() {
        on.close();
    }

    @Test
    void natTable_asIptablesListsIt_hasTheShapeThatOperatorsKnow() {
        String listing = on.print("iptables-" + variant, "-t", "nat", "-nL")
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .map(line -> line.replaceFirst("^(\\w+) (?:0|all) ", "$1 all "))
                .collect(Collectors.joining("\n"));
        assertThat(listing).isEqualTo("""
                Chain PREROUTING (policy ACCEPT)
                target prot opt source destination
                BAILEY all -- 0.0.0.0/0 0.0.0.0/0 ADDRTYPE match dst-type LOCAL

                Chain INPUT (policy ACCEPT)
                target prot opt source destination

                Chain OUTPUT (policy ACCEPT)
                target prot opt source destination
                BAILEY all -- 0.0.0.0/0 !127.0.0.0/8 ADDRTYPE match dst-type LOCAL

                Chain POSTROUTING (policy ACCEPT)
                target prot opt source destination
                MASQUERADE all -- 172.17.0.0/16 0.0.0.0/0

                Chain BAILEY (2 references)
                target prot opt source destination
                RETURN all -- 0.0.0.0/0 0.0.0.0/0""");
        assertThat(on.saved("iptables-" + variant + "-save"))
                .contains(
                        "-A POSTROUTING -s 172.17.0.0/16 ! -o bailey0 -j MASQUERADE\n",
                        "-A FORWARD -j BAILEY-USER\n-A FORWARD -j BAILEY-FORWARD\n-A FORWARD -j BAILEY-ACCEPT\n",
                        "-A BAILEY-FORWARD -o bailey0 -j DROP\n",
                        ":FORWARD ACCEPT ");
        assertThat(on.saved("ip6tables-" + variant + "-save")).contains("-A BAILEY-FORWARD -o bailey0 -j DROP\n");
        assertThat(on.allRules()).doesNotContain("inet bailey");
    }

    @Test
    void packets_goWhereTheyGoWithNftables() {
        TcpServer server = internet.tcpWhoAmI("198.51.100.1", 7);
        LabHost one = on.sandbox("one");
        LabHost two = on.sandbox("two");
        one.tcpEcho(on.address("one"), 7);

        one.connectTcp("198.51.100.1", 7);

        assertThat(server.awaitClient().getHostString()).isEqualTo("198.51.100.2");
        assertThat(two.reachTcp(on.address("one"), 7, LONG)).isEqualTo(Reach.CONNECTED);
        assertThat(host.reachTcp(on.address("one"), 7, LONG)).isEqualTo(Reach.CONNECTED);
        assertThat(internet.reachTcp(on.address("one"), 7, SHORT)).isEqualTo(Reach.TIMED_OUT);
    }

    @Test
    void packets_othersAcceptAllOrDropAll_makeNoDifference() {
        TcpServer server = internet.tcpWhoAmI("198.51.100.1", 7);
        LabHost one = on.sandbox("one");
        one.tcpEcho(on.address("one"), 7);
        on.print("iptables-" + variant, "-A", "FORWARD", "-j", "ACCEPT");
        assertThat(internet.reachTcp(on.address("one"), 7, SHORT)).isEqualTo(Reach.TIMED_OUT);

        on.print("iptables-" + variant, "-D", "FORWARD", "-j", "ACCEPT");
        on.print("iptables-" + variant, "-P", "FORWARD", "DROP");

        one.connectTcp("198.51.100.1", 7);
        assertThat(server.awaitClient().getHostString()).isEqualTo("198.51.100.2");
        assertThat(internet.reachTcp(on.address("one"), 7, SHORT)).isEqualTo(Reach.TIMED_OUT);
    }

    @Test
    void operatorsRules_decideBeforeOurs() {
        LabHost one = on.sandbox("one");
        one.tcpEcho(on.address("one"), 7);
        on.print("iptables-" + variant, "-A", "BAILEY-USER", "-i", "up0", "-p", "tcp", "--dport", "7", "-j", "ACCEPT");
        assertThat(internet.reachTcp(on.address("one"), 7, LONG)).isEqualTo(Reach.CONNECTED);
    }

    @Test
    void attachDetachRestart_changeNoRule() {
        String before = handles();
        on.sandbox("one");
        assertThat(handles()).isEqualTo(before);

        on.restart(FirewallBackend.IPTABLES);

        assertThat(handles()).isEqualTo(before);
        assertThat(on.engine.snapshot().endpoints()).hasSize(1);
        on.engine.detach(on.engine.snapshot().endpoints().iterator().next().id());
        assertThat(handles()).isEqualTo(before);
    }

    /**
     * A rule that was replaced by itself has another handle in nf_tables, and lost its counters anywhere. The guards of
     * endpoints are apart: their table is no part of iptables and comes with the first endpoint.
     */
    private String handles() {
        return variant.equals("nft")
                ? (on.print("nft", "-a", "list", "ruleset", "ip") + on.print("nft", "-a", "list", "ruleset", "ip6"))
                        .replaceAll("packets \\d+ bytes \\d+", "")
                : on.saved("iptables-legacy-save");
    }

    @Test
    void restart_countersGoOn() {
        LabHost one = on.sandbox("one");
        internet.tcpEcho("198.51.100.1", 7);
        one.connectTcp("198.51.100.1", 7).verifyEcho();

        on.restart(FirewallBackend.IPTABLES);

        assertThat(on.print("iptables-" + variant + "-save", "-c"))
                .containsPattern("\\[1:\\d+\\] -A POSTROUTING -s 172");
    }

    @Test
    void move_bothWays_leavesNothingAndKeepsConnections() throws IOException {
        LabHost one = on.sandbox("one");
        internet.tcpEcho("198.51.100.1", 7);
        var connection = one.connectTcp("198.51.100.1", 7);
        connection.verifyEcho();
        var flood = internet.command("ping", "-q", "-i", "0.002", "-w", "4", on.address("one"))
                .start();

        on.restart(FirewallBackend.NFTABLES);

        assertThat(on.print("nft", "list", "tables").lines())
                .containsExactlyInAnyOrder("table inet bailey-user", "table inet bailey", "table bridge bailey");
        assertThat(on.saved("iptables-legacy-save") + on.saved("ip6tables-legacy-save"))
                .doesNotContain("BAILEY", "-A");
        connection.verifyEcho();

        on.restart(FirewallBackend.IPTABLES);

        assertThat(on.allRules()).doesNotContain("inet").contains("BAILEY-FORWARD");
        connection.verifyEcho();
        assertThat(flood.awaitExit(LONG)).isEqualTo(1);
        assertThat(flood.output()).contains(" 0 received, 100% packet loss");
    }

    @Test
    void move_otherVariant_leavesNothing() throws IOException {
        String other = variant.equals("nft") ? "legacy" : "nft";
        on.choose(other);

        on.restart(FirewallBackend.IPTABLES);

        assertThat(on.saved("iptables-" + variant + "-save")).doesNotContain("BAILEY", "-A");
        assertThat(on.saved("ip6tables-" + variant + "-save")).doesNotContain("BAILEY", "-A");
        assertThat(on.saved("iptables-" + other + "-save")).contains("BAILEY-FORWARD");
    }

    @Test
    void rulesOfOthers_surviveRestartAndMove() {
        String save = "iptables-" + variant + "-save";
        on.print("iptables-" + variant, "-A", "BAILEY-USER", "-s", "172.17.0.99/32", "-j", "DROP");
        on.print("iptables-" + variant, "-N", "MINE");
        on.print("iptables-" + variant, "-A", "FORWARD", "-i", "wlan0", "-j", "MINE");
        on.print("iptables-" + variant, "-t", "nat", "-A", "POSTROUTING", "-s", "10.0.0.0/8", "-j", "MASQUERADE");
        String before = on.saved(save);

        on.restart(FirewallBackend.IPTABLES);
        assertThat(on.saved(save)).isEqualTo(before);
        on.restart(FirewallBackend.NFTABLES);
        assertThat(on.saved(save).lines().filter(line -> line.startsWith("-A")))
                .containsExactlyInAnyOrder(
                        "-A BAILEY-USER -s 172.17.0.99/32 -j DROP",
                        "-A FORWARD -j BAILEY-USER",
                        "-A FORWARD -i wlan0 -j MINE",
                        "-A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE");
        on.restart(FirewallBackend.IPTABLES);
        assertThat(on.saved(save).lines())
                .containsExactlyInAnyOrderElementsOf(before.lines().toList());
    }

    @Test
    void start_programFails_saysItsWords() throws IOException {
        on.engine.close();
        on.replace("ip6tables-restore", "echo 'ip6tables-restore v1.8.9 (nf_tables): no such kernel part'; exit 3");
        assertThatThrownBy(() -> on.restart(FirewallBackend.IPTABLES))
                .isInstanceOf(EngineException.class)
                .hasMessage("cannot put the networks in place: ip6tables-restore failed with exit code 3: no such"
                        + " kernel part");
        on.choose(variant);
        on.restart(FirewallBackend.IPTABLES);
    }

    @Test
    void start_programsAreMissing_saysWhichInOneLine() {
        assertThatThrownBy(() -> on.startWithoutPrograms())
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessage("cannot put the networks in place: the iptables backend needs the programs"
                        + " iptables-restore and iptables-save: install iptables, or take the nftables backend");
    }

    @Test
    void start_secondFamilyIsRefused_takesTheFirstBack() throws IOException {
        on.restart(FirewallBackend.NFTABLES);
        on.engine.close();
        on.replace("ip6tables-restore", """
                case "$1" in --version) echo 'ip6tables-restore v1.8.9 (nf_tables)'; exit;; esac
                cat > /dev/null
                echo 'ip6tables-restore: line 2 failed'; exit 1
                """);

        assertThatThrownBy(() -> on.restart(FirewallBackend.IPTABLES))
                .hasMessage("cannot put the networks in place: ip6tables-restore failed with exit code 1: line 2"
                        + " failed; it read: :BAILEY-FORWARD - [0:0]");

        assertThat(on.saved("iptables-" + variant + "-save")).doesNotContain("BAILEY", "-A");
        assertThat(on.print("nft", "list", "tables")).contains("table inet bailey\n");
        on.choose(variant);
        on.restart(FirewallBackend.NFTABLES);
    }
}
