package dev.bailey.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.daemon.service.Receiver;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The daemon as a service manager has it. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
class ServiceLabTest {
    @Test
    void lifeOfTheDaemon_isToldToTheServiceManager(Lab lab) throws Exception {
        String folder = lab.directory().toString();
        try (Receiver receiver = Receiver.listen(lab.directory())) {
            LabProcess daemon = LabDaemon.command(
                            Site.build(lab).host(),
                            "-H",
                            "unix://" + folder + "/b.sock",
                            "--data-root",
                            folder + "/data",
                            "--exec-root",
                            folder + "/run")
                    .environment("NOTIFY_SOCKET", receiver.address())
                    .environment("WATCHDOG_USEC", "600000")
                    .start();

            assertThat(receiver.next("READY=1")).isEqualTo("READY=1");
            assertThat(receiver.next()).isEqualTo("STATUS=serves " + folder + "/b.sock");
            assertThat(receiver.next("WATCHDOG=")).isEqualTo("WATCHDOG=1");
            assertThat(receiver.next("WATCHDOG=")).isEqualTo("WATCHDOG=1");
            daemon.stop();
            assertThat(receiver.next("STOPPING=1")).isEqualTo("STOPPING=1");
        }
    }
}
