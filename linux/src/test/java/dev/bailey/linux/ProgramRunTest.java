package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramRunTest {
    private static List<String> shell(String... arguments) {
        return Stream.concat(Stream.of("sh"), Stream.of(arguments)).toList();
    }

    private static ProgramRun run(String input, Duration limit, String... arguments) throws LinuxException {
        return ProgramRun.of(shell(arguments), Map.of("WORD", "a b"), input, limit, ProgramRun.Observer.NONE);
    }

    private static ProgramRun run(String input, String... arguments) throws LinuxException {
        return run(input, Duration.ofSeconds(30), arguments);
    }

    @Test
    void of_readsAndPrints() throws LinuxException {
        assertThat(run("one\ntwo\n", "-c", "cat; echo err >&2; echo \"$0 $1 $WORD\"; exit 3", "name", "x y"))
                .isEqualTo(new ProgramRun(3, "one\ntwo\nname x y a b\n", "err\n", false));
    }

    @Test
    void of_inputThatNobodyReads_andMuchOutput() throws LinuxException {
        String much = "x".repeat(1 << 20);
        assertThat(run(much, "-c", "exit 0")).isEqualTo(new ProgramRun(0, "", "", false));
        assertThat(run(much, "-c", "cat").output()).isEqualTo(much);
    }

    @Test
    void of_endedBySignal_saysWhich() throws LinuxException {
        assertThat(run("", "-c", "kill -9 $$").exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void of_tooLong_isKilled() throws LinuxException {
        List<Integer> seen = new ArrayList<>();
        ProgramRun.Observer observer = new ProgramRun.Observer() {
            @Override
            public void started(int pid) {
                seen.add(pid);
            }

            @Override
            public void late(int pid) {
                assertThat(ProcessHandle.of(pid)).isPresent();
                seen.add(pid);
            }
        };
        ProgramRun run =
                ProgramRun.of(shell("-c", "echo one; exec sleep 60"), Map.of(), "", Duration.ofMillis(200), observer);
        assertThat(run).isEqualTo(new ProgramRun(128 + 9, "one\n", "", true));
        assertThat(seen).hasSize(2);
        assertThat(ProcessHandle.of(seen.getFirst())).isEmpty();
    }

    @Test
    void of_noSuchProgram_saysSo() {
        assertThatThrownBy(() -> ProgramRun.of(
                        List.of("/nowhere/program"), Map.of(), "", Duration.ofSeconds(1), ProgramRun.Observer.NONE))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("/nowhere/program");
    }

    @Test
    void of_hasNoSignalBlocked_andNoDescriptorOfOurs() throws IOException {
        assertThat(run("", "-c", "grep SigBlk /proc/self/status").output()).contains("0000000000000000");
        try (SocketChannel _ = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThat(run("", "-c", "readlink /proc/self/fd/*").output()).doesNotContain("socket");
        }
    }
}
