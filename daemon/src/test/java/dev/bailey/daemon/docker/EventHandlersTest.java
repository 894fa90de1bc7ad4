package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.system.EventMessage;
import dev.bailey.daemon.Samples;
import dev.bailey.daemon.Served;
import dev.bailey.daemon.http.RawClient;
import dev.bailey.engine.view.HostChange;
import dev.bailey.engine.view.Observer;
import dev.bailey.runtime.ContainerEvent;
import dev.bailey.runtime.ContainerId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventHandlersTest {
    private final EventLog log = new EventLog();

    private final AtomicBoolean following = new AtomicBoolean();

    private Served serve() throws IOException {
        return Served.routes(new EventHandlers(log, InstantSource.system(), this::follow).routes());
    }

    /** A kernel on which somebody adds an address as soon as one looks. */
    private Observer.Following follow(Consumer<HostChange> consumer) {
        following.set(true);
        consumer.accept(new HostChange("address", "change", "eth1", Map.of("address", "203.0.113.2/24")));
        return () -> following.set(false);
    }

    @Test
    void events_kernelAskedFor_areAmongTheOthersUntilTheClientGoes() throws IOException {
        try (Served served = serve()) {
            try (RawClient client = RawClient.connect(served.socket())) {
                client.send("GET /bailey/events HTTP/1.1\r\n\r\n");
                assertThat(client.readUntil("}\n"))
                        .contains("\"Type\":\"address\",\"Action\":\"change\",\"Actor\":{\"ID\":\"eth1\","
                                + "\"Attributes\":{\"address\":\"203.0.113.2/24\"}}");
                assertThat(following).isTrue();
                log.publish(event(ContainerEvent.Action.DIE, Instant.ofEpochSecond(1)));
                assertThat(client.readUntil("}\n")).contains("\"Action\":\"die\"");
            }
            Instant limit = Instant.now().plusSeconds(20);
            while (following.get() && Instant.now().isBefore(limit)) {
                Thread.onSpinWait();
            }
            assertThat(following).isFalse();
        }
    }

    @Test
    void events_kernelNotAskedFor_areNotFollowed() throws IOException {
        try (Served served = serve()) {
            assertThat(served.get("/events?since=1&until=2")).doesNotContain("eth1");
        }
        assertThat(following).isFalse();
    }

    private static EventMessage event(ContainerEvent.Action action, Instant time) {
        return EventMessages.of(new ContainerEvent(
                time, action, new ContainerId(Samples.ID), "web", "host", Map.of("l", "m"), Map.of("exitCode", "0")));
    }

    @Test
    void events_asTheyHappen_areSentOneALine() throws IOException {
        try (Served served = serve();
                RawClient client = RawClient.connect(served.socket())) {
            client.send("GET /events HTTP/1.1\r\n\r\n");
            client.readUntil("\r\n\r\n");
            log.publish(event(ContainerEvent.Action.DIE, Instant.ofEpochSecond(1_700_000_000, 5)));

            assertThat(client.readUntil("}\n"))
                    .contains("{\"status\":\"die\",\"id\":\"" + Samples.ID
                            + "\",\"from\":\"host\",\"Type\":\"container\","
                            + "\"Action\":\"die\",\"Actor\":{\"ID\":\"" + Samples.ID
                            + "\",\"Attributes\":{\"exitCode\":\"0\","
                            + "\"image\":\"host\",\"l\":\"m\",\"name\":\"web\"}},\"scope\":\"local\",\"time\":1700000000,"
                            + "\"timeNano\":1700000000000000005}");
        }
    }

    @Test
    void events_sinceAndUntil_endByThemselves() throws IOException {
        log.publish(event(ContainerEvent.Action.CREATE, Instant.ofEpochSecond(100)));
        log.publish(event(ContainerEvent.Action.START, Instant.ofEpochSecond(200)));
        log.publish(event(ContainerEvent.Action.DIE, Instant.ofEpochSecond(300)));
        try (Served served = serve()) {
            assertThat(served.get("/events?since=150&until=250"))
                    .contains("\"Action\":\"start\"")
                    .doesNotContain("\"create\"", "\"die\"")
                    .endsWith("0\r\n\r\n");
            assertThat(served.get("/events?since=50&until=1000&filters=%7B%22event%22%3A%5B%22die%22%5D%7D"))
                    .contains("\"die\"")
                    .doesNotContain("\"start\"");
        }
    }

    @Test
    void listener_tooFarBehind_isCutOff() throws InterruptedException {
        EventLog.Listener listener = log.listen(Optional.empty());
        EventMessage event = event(ContainerEvent.Action.START, Instant.ofEpochSecond(1));
        for (int i = 0; i < 5000; i++) {
            log.publish(event);
        }

        assertThat(listener.isClosed()).isTrue();
        assertThat(listener.next(0)).isPresent();
    }
}
