package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramRunTest {
    private static final Path SHELL = Path.of("/bin/sh");

    private static Optional<ProgramRun> run(String input, Duration limit, String... arguments) throws LinuxException {
        return ProgramRun.of(SHELL, List.of(arguments), Map.of("WORD", "a b"), input, limit, _ -> {});
    }

    private static ProgramRun run(String input, String... arguments) throws LinuxException {
        return run(input, Duration.ofSeconds(30), arguments).orElseThrow();
    }

    @Test
    void of_readsAndPrints_bothStreamsInOrder() throws LinuxException {
        assertThat(run("one\ntwo\n", "-c", "cat; echo err >&2; echo \"$0 $1 $WORD\"; exit 3", "name", "x y"))
                .isEqualTo(new ProgramRun(3, "one\ntwo\nerr\nname x y a b\n"));
    }

    @Test
    void of_inputThatNobodyReads_andMuchOutput() throws LinuxException {
        String much = "x".repeat(1 << 20);
        assertThat(run(much, "-c", "exit 0")).isEqualTo(new ProgramRun(0, ""));
        assertThat(run(much, "-c", "cat").output()).isEqualTo(much);
    }

    @Test
    void of_endedBySignal_saysWhich() throws LinuxException {
        assertThat(run("", "-c", "kill -9 $$").exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void of_tooLong_isKilled() throws LinuxException {
        List<Integer> pids = new ArrayList<>();
        Optional<ProgramRun> ended =
                ProgramRun.of(SHELL, List.of("-c", "exec sleep 60"), Map.of(), "", Duration.ofMillis(50), pids::add);
        assertThat(ended).isEmpty();
        assertThat(ProcessHandle.of(pids.getFirst())).isEmpty();
    }

    @Test
    void of_noSuchProgram_saysSo() {
        assertThatThrownBy(() -> ProgramRun.of(
                        Path.of("/nowhere/program"), List.of(), Map.of(), "", Duration.ofSeconds(1), _ -> {}))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("/nowhere/program");
    }

    @Test
    void of_hasNoSignalBlocked_andNoDescriptorOfOurs() throws LinuxException {
        try (FileDescriptor _ = FileDescriptor.open(Path.of("/dev/null"), FileDescriptor.Flag.READ_ONLY)) {
            assertThat(run("", "-c", "grep SigBlk /proc/self/status").output()).contains("0000000000000000");
            assertThat(run("", "-c", "readlink /proc/self/fd/*").output()).doesNotContain("/dev/null");
        }
    }
}
