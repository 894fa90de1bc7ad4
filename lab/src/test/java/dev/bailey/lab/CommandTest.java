package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.lab.junit.LabExtension;
import dev.bailey.linux.MountTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LabExtension.class)
class CommandTest {
    @Test
    void exec_insideAHost_runsInItsNamespace(Lab lab) {
        LabHost host = lab.host("host");

        assertThat(host.exec("readlink", "/proc/self/ns/net").output().strip()).isEqualTo("net:[" + host.inode() + "]");
        assertThat(host.exec("nsenter", "--net=" + host.path(), "readlink", "/proc/self/ns/net")
                        .output()
                        .strip())
                .isEqualTo("net:[" + host.inode() + "]");
        assertThat(host.exec("ip", "netns", "exec", host.netnsName(), "readlink", "/proc/self/ns/net")
                        .output()
                        .strip())
                .isEqualTo("net:[" + host.inode() + "]");
    }

    /** Nobody may have looked while it was in the host's namespace. */
    @Test
    void start_ofWhatGoesOnIntoAnotherNamespaceAtOnce_returns(Lab lab) {
        LabHost host = lab.host("host");
        LabHost other = lab.host("other");
        for (int i = 0; i < 40; i++) {
            try (LabProcess process = host.command("nsenter", "--net=" + other.path(), "sleep", "60")
                    .start()) {
                assertThat(process.isAlive()).isTrue();
            }
        }
    }

    @Test
    void exec_fails_saysCommandHostCodeAndWhatItPrinted(Lab lab) {
        LabHost host = lab.host("host");

        assertThatThrownBy(() -> host.exec("sh", "-c", "echo no such luck >&2; exit 3"))
                .isInstanceOf(LabException.class)
                .hasMessage("`sh -c echo no such luck >&2; exit 3` in host ended with 3: no such luck");
    }

    @Test
    void execute_fails_isAResult(Lab lab) {
        CommandResult result = lab.host("host")
                .command("sh", "-c", "echo out; echo err >&2; exit 3")
                .execute();

        assertThat(result)
                .isEqualTo(new CommandResult(
                        "host", List.of("sh", "-c", "echo out; echo err >&2; exit 3"), 3, "out\n", "err\n"));
    }

    @Test
    void exec_noSuchProgram_saysSo(Lab lab) {
        assertThatThrownBy(() -> lab.host("host").exec("no-such-program"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("cannot start `no-such-program` in host")
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void exec_noSuchDirectory_cannotStart(Lab lab) {
        assertThatThrownBy(() -> lab.host("host")
                        .command("true")
                        .directory(Path.of("/no/such"))
                        .run())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("cannot start `true` in host");
    }

    @Test
    void run_tooSlow_isKilledWithItsChildren(Lab lab) {
        LabHost host = lab.host("host");

        assertThatThrownBy(() -> host.command("sh", "-c", "echo started; sleep 1000 & wait")
                        .limit(Duration.ofMillis(500))
                        .run())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("did not end within 500 ms and was killed: started");
        Await.until("the end of its child", () -> host.processes().isEmpty());
    }

    @Test
    void run_inputEnvironmentAndDirectory_reachTheProcess(Lab lab) {
        CommandResult result = lab.host("host")
                .command("sh", "-c", "pwd; echo $COLOUR; cat")
                .directory(lab.directory())
                .environment("COLOUR", "green")
                .input("typed")
                .run();

        assertThat(result.output()).isEqualTo(lab.directory() + "\ngreen\ntyped");
    }

    @Test
    void run_nothingGiven_standardInputIsEmpty(Lab lab) {
        assertThat(lab.host("host").exec("cat").output()).isEmpty();
    }

    @Test
    void run_fileInPlaceOfAnother_isSeenByTheCommandAlone(Lab lab) throws Exception {
        String machines = Files.readString(Path.of("/etc/resolv.conf"));

        CommandResult result = lab.host("host")
                .command("cat", "/etc/resolv.conf")
                .nameserver("192.0.2.53")
                .run();

        assertThat(result.output()).isEqualTo("nameserver 192.0.2.53\n");
        assertThat(Path.of("/etc/resolv.conf")).hasContent(machines);
    }

    @Test
    void run_fileInPlaceOfAnother_mountsBelowTheLabAreSeenByAll(Lab lab) throws Exception {
        Path target = Files.createDirectories(lab.directory().resolve("target"));

        lab.host("host")
                .command("mount", "-t", "tmpfs", "tmpfs", target.toString())
                .nameserver("192.0.2.53")
                .run();

        assertThat(LabMounts.below(target))
                .singleElement()
                .extracting(MountTable.Mount::type)
                .isEqualTo("tmpfs");
    }

    @Test
    void start_readyLine_returnsWhenPrinted(Lab lab) {
        LabProcess process = lab.host("host")
                .command("sh", "-c", "echo warming up; echo ready; exec sleep 1000")
                .start(self -> self.printed("ready"));

        assertThat(process.isAlive()).isTrue();
        assertThat(process.lines()).containsExactly("warming up", "ready");
        assertThat(lab.processes()).extracting(ProcessHandle::pid).containsExactly(process.pid());

        process.stop();

        assertThat(process.isAlive()).isFalse();
        assertThat(process.awaitExit(Duration.ZERO)).isEqualTo(128 + 15);
    }

    @Test
    void start_endsBeforeItIsReady_saysWhatItPrinted(Lab lab) {
        assertThatThrownBy(() -> lab.host("host")
                        .command("sh", "-c", "echo cannot bind; exit 4")
                        .start(self -> self.printed("ready")))
                .isInstanceOf(LabException.class)
                .hasMessageEndingWith("in host ended with 4 too early; it printed: cannot bind");
    }

    @Test
    void start_printsAndEnds_isReady(Lab lab) {
        LabProcess process = lab.host("host").command("echo", "ready").start(self -> self.printed("ready"));

        assertThat(process.awaitExit(Await.LIMIT)).isZero();
    }

    @Test
    void kill_deafToSigterm_ends(Lab lab) {
        LabProcess process = lab.host("host")
                .command("sh", "-c", "trap '' TERM; echo ready; while true; do sleep 0.1; done")
                .start(self -> self.printed("ready"));

        process.kill();

        assertThat(process.awaitExit(Duration.ZERO)).isEqualTo(128 + 9);
    }
}
