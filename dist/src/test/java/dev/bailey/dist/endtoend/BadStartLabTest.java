package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Starts that cannot succeed: one line that says why, what runs goes on, and what is stored stays. */
@Tag("lab")
@Timeout(300)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class BadStartLabTest {
    private static final String SMALL = "size=2m";

    /**
     * Runs a program as on a kernel without CONFIG_NETFILTER_NETLINK: a filter of system calls (seccomp(2)) refuses it sockets of
     * that protocol by EPROTONOSUPPORT. The instructions: which call, its family, its protocol.
     */
    private static final String WITHOUT_NETFILTER = """
            my ($prctl, $socket) = @{ { x86_64 => [157, 41], aarch64 => [167, 198] }->{ (split /\\s+/, qx(uname -m))[0] } };
            my $code = join "", map { pack "SCCL", @$_ } [0x20, 0, 0, 0], [0x15, 0, 5, $socket], [0x20, 0, 0, 16], [0x15, 0, 3, 16],
                [0x20, 0, 0, 32], [0x15, 0, 1, 12], [6, 0, 0, 0x00050000 | 93], [6, 0, 0, 0x7fff0000];
            my $filter = pack "Sx6P", length($code) / 8, $code;
            syscall($prctl, 38, 1, 0, 0, 0) == 0 && syscall($prctl, 22, 2, $filter) == 0 or die $!;
            exec @ARGV;
            """;

    private LabHost host;
    private LabHost blue;
    private Path folder;
    private DaemonUnderTest daemon;

    @BeforeEach
    void build(Lab lab) throws IOException {
        host = Site.build(lab).host();
        blue = lab.host("blue");
        folder = Files.createDirectories(lab.directory().resolve("bailey"));
        daemon = new DaemonUnderTest(host, folder);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private void assertRefused(String reason) {
        CommandResult result = daemon.refuse();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).isEqualTo("bailey: " + reason + "\n");
    }

    @Test
    void start_kernelWithoutNetfilter_saysWhatIsMissing() {
        for (String backend : List.of("nftables", "iptables")) {
            CommandResult result =
                    daemon.refuseWithin(List.of("perl", "-e", WITHOUT_NETFILTER), "--firewall-backend", backend);

            assertThat(result.exitCode()).as(backend).isEqualTo(1);
            assertThat(result.error())
                    .as(backend)
                    .isEqualTo("bailey: cannot use this kernel's network: open netlink socket of protocol 12:"
                            + " EPROTONOSUPPORT (Protocol not supported); this kernel has no netfilter: modprobe nfnetlink,"
                            + " or boot one that has it\n");
        }
        assertThat(host.exec("ip", "-o", "link").output()).doesNotContain("bailey");
    }

    private void startWithOneEndpointAndStop() {
        daemon.start();
        daemon.attach(blue.path()).orThrow();
        daemon.stop();
    }

    private void assertEndpointIsThere() {
        assertThat(daemon.endpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.address()).isEqualTo("172.17.0.2/16"));
        blue.exec("ping", "-c1", "-W5", "172.17.0.1");
    }

    @Test
    void start_fullDataRoot_saysSoAndNothingStoredIsLost() throws IOException {
        host.exec(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                SMALL,
                "tmpfs",
                Files.createDirectories(daemon.dataRoot()).toString());
        startWithOneEndpointAndStop();
        Path fill = daemon.dataRoot().resolve("fill");
        host.command("dd", "if=/dev/zero", "of=" + fill, "bs=4k").execute();

        assertRefused("cannot use " + daemon.dataRoot() + "/state for state: IOException: No space left on device; make"
                + " room, what is stored there is whole and what runs goes on");

        blue.exec("ping", "-c1", "-W5", "172.17.0.1");
        assertThat(daemon.dataRoot().resolve("state/journal.tmp")).doesNotExist();
        Files.delete(fill);
        daemon.start();
        assertEndpointIsThere();
    }

    @Test
    void start_readOnlyDataRoot_saysSoAndNothingStoredIsLost() throws IOException {
        String data = Files.createDirectories(daemon.dataRoot()).toString();
        host.exec("mount", "-t", "tmpfs", "-o", SMALL, "tmpfs", data);
        startWithOneEndpointAndStop();
        host.exec("mount", "-o", "remount,ro", data);

        assertRefused("cannot use " + data + "/state for state: " + data + "/state/lock: Read-only file system; make it"
                + " writable, or choose another folder with --data-root");

        host.exec("mount", "-o", "remount,rw", data);
        daemon.start();
        assertEndpointIsThere();
    }

    @Test
    void start_readOnlyExecRoot_saysSoBeforeAnythingIsMade() throws IOException {
        host.exec(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "ro",
                "tmpfs",
                Files.createDirectories(daemon.execRoot()).toString());

        assertRefused("cannot use " + daemon.execRoot() + " for what lives while the machine runs: " + daemon.execRoot()
                + "/lock: Read-only file system; choose a folder that can be written to with --exec-root");

        assertThat(host.exec("ip", "link").output()).doesNotContain("bailey0");
    }

    @Test
    void start_storeOfANewerVersion_isLeftAsItIs() throws IOException {
        Path journal =
                Files.createDirectories(daemon.dataRoot().resolve("state")).resolve("journal");
        Files.writeString(journal, "bailey-state 99 0 00000000\n");

        CommandResult result = daemon.refuse();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).startsWith("bailey: " + journal + " has format 99 and this version reads format ");
        assertThat(journal).hasContent("bailey-state 99 0 00000000");
        assertThat(host.exec("ip", "link").output()).doesNotContain("bailey0");
    }

    @Test
    void start_twoAtOnceWithOneExecRoot_oneServesAndTheOtherIsRefused() {
        DaemonUnderTest other = new DaemonUnderTest(host, folder, folder.resolve("other-data"));
        List<LabProcess> both = List.of(daemon.begin(), other.begin());
        try {
            Await.until("one to give up", () -> both.stream().anyMatch(each -> !each.isAlive()));
            DaemonUnderTest loser = both.getFirst().isAlive() ? other : daemon;
            LabProcess winner = both.getFirst().isAlive() ? both.getFirst() : both.getLast();
            winner.awaitLine("serves");

            assertThat(loser.log())
                    .containsPattern("bailey: (process " + winner.pid() + "|another process) already runs on "
                            + daemon.execRoot() + ": stop it, or choose another folder with --exec-root"
                            + "|bailey: a daemon serves " + daemon.socket() + " already");
            daemon.call("GET", "/_ping", "").orThrow();
        } finally {
            both.forEach(LabProcess::stop);
        }
    }
}
