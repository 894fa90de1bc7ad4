package dev.bailey.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service manager hears at its socket. */
@Tag("lab")
@Timeout(60)
class ServiceManagerLabTest {
    private static final long PID = 4711;

    @TempDir
    private Path folder;

    @Test
    void states_inTheirOrder_areHeard() throws Exception {
        try (Receiver receiver = Receiver.listen(folder);
                ServiceManager manager = ServiceManager.find(Map.of("NOTIFY_SOCKET", receiver.address()), PID)) {
            manager.ready("serves\nall");
            manager.reloading();
            manager.alive();
            manager.stopping();

            assertThat(receiver.next()).isEqualTo("READY=1");
            assertThat(receiver.next()).isEqualTo("STATUS=serves all");
            assertThat(receiver.next()).isEqualTo("RELOADING=1");
            assertThat(receiver.next()).matches("MONOTONIC_USEC=[1-9][0-9]*");
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
            assertThat(receiver.next()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void watchdogInterval_meantForThisProcess_isKnown() throws Exception {
        assertThat(interval(Map.of("WATCHDOG_USEC", "30000000"))).isEqualTo("PT30S");
        assertThat(interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711")))
                .isEqualTo("PT30S");
        assertThat(interval(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1")))
                .isEqualTo("none");
        assertThat(interval(Map.of("WATCHDOG_USEC", "soon"))).isEqualTo("none");
    }

    private String interval(Map<String, String> variables) throws Exception {
        try (Receiver receiver = Receiver.listen(folder)) {
            Map<String, String> environment = new HashMap<>(variables);
            environment.put("NOTIFY_SOCKET", receiver.address());
            try (ServiceManager manager = ServiceManager.find(environment, PID)) {
                return manager.watchdogInterval().map(Duration::toString).orElse("none");
            }
        }
    }

    @Test
    void watchdog_whileTheServiceIsDead_isSilent() throws Exception {
        AtomicBoolean alive = new AtomicBoolean(true);
        AtomicInteger asked = new AtomicInteger();
        try (Receiver receiver = Receiver.listen(folder);
                ServiceManager manager = ServiceManager.find(
                        Map.of("NOTIFY_SOCKET", receiver.address(), "WATCHDOG_USEC", "30000"), PID);
                AutoCloseable watchdog = Watchdog.start(manager, limit -> {
                    asked.incrementAndGet();
                    return alive.get();
                })) {
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");

            alive.set(false);
            int before = asked.get();
            awaitTurns(asked, before + 2);
            manager.ready("marks the place");
            awaitTurns(asked, before + 5);
            manager.stopping();
            receiver.next("READY=1");
            assertThat(receiver.next()).isEqualTo("STATUS=marks the place");
            assertThat(receiver.next()).isEqualTo("STOPPING=1");

            alive.set(true);
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
            assertThat(watchdog).isInstanceOf(Watchdog.class);
        }
    }

    private static void awaitTurns(AtomicInteger asked, int count) throws InterruptedException {
        for (int i = 0; i < 2000 && asked.get() < count; i++) {
            Thread.sleep(5);
        }
        assertThat(asked.get()).isGreaterThanOrEqualTo(count);
    }
}
