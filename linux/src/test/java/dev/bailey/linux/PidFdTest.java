package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PidFdTest {

    @Test
    void sendSignal_running_endsIt() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try (PidFd held = PidFd.open((int) sleep.pid())) {
            held.sendSignal(Signal.TERM);
            assertThat(sleep.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(sleep.exitValue()).isEqualTo(128 + 15);
            assertThatThrownBy(() -> held.sendSignal(Signal.KILL))
                    .isInstanceOfSatisfying(
                            LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH))
                    .hasMessageContaining("send SIGKILL to process " + sleep.pid());
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void awaitExit_running_isFalseAndTrueAfterwards() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try (PidFd held = PidFd.open((int) sleep.pid())) {
            assertThat(held.awaitExit(Duration.ZERO)).isFalse();
            assertThat(held.awaitExit(Duration.ofMillis(1))).isFalse();

            held.sendSignal(Signal.KILL);
            assertThat(held.awaitExit(Duration.ofSeconds(10))).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void open_noSuchProcess_saysSo() {
        // The kernel's pids end at 2^22.
        assertThatThrownBy(() -> PidFd.open(1 << 23))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH));
    }
}
