package dev.bailey.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceManagerTest {
    private static final long PID = 4711;

    @Test
    void find_nobodyThere_saysNothing() {
        try (ServiceManager manager = ServiceManager.find(Map.of("WATCHDOG_USEC", "1000"), PID)) {
            manager.ready("serves");
            manager.reloading();
            manager.alive();
            manager.stopping();

            assertThat(manager.watchdogInterval()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "@", "/nowhere/socket"})
    void find_socketThatLeadsNowhere_saysNothing(String address) {
        try (ServiceManager manager =
                ServiceManager.find(Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "1000"), PID)) {
            manager.ready("serves");

            assertThat(manager.watchdogInterval()).isEmpty();
        }
    }

    @Test
    void watchdog_ofAManagerWithoutOne_asksNobody() throws Exception {
        try (ServiceManager manager = ServiceManager.find(Map.of(), PID);
                AutoCloseable watchdog = Watchdog.start(manager, limit -> {
                    throw new AssertionError("asked within " + limit);
                })) {
            assertThat(watchdog).isNotInstanceOf(Watchdog.class);
        }
    }
}
