package dev.bailey.daemon.docker;

import dev.bailey.api.ApiJson;
import dev.bailey.api.system.EventMessage;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.view.HostChange;
import dev.bailey.engine.view.Observer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What happens, as it happens: one JSON object a line. */
public final class EventHandlers {
    private final EventLog log;
    private final InstantSource clock;
    private final KernelChanges kernel;

    /** What the kernel reports, for those who ask for it. */
    @FunctionalInterface
    public interface KernelChanges {
        /** Passes every change from now on to the consumer, which may be called on any thread, until the result is closed. */
        Observer.Following follow(Consumer<HostChange> consumer);
    }

    /** Handlers for what this log hears, and for what the kernel reports. */
    public EventHandlers(EventLog log, InstantSource clock, KernelChanges kernel) {
        this.log = log;
        this.clock = clock;
        this.kernel = kernel;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.get("/events", exchange -> events(exchange, _ -> () -> {})),
                Route.get("/bailey/events", exchange -> events(exchange, kernel)));
    }

    private void events(Exchange exchange, KernelChanges changes) throws IOException, InterruptedException {
        EventFilter filter = EventFilter.of(exchange.query());
        Optional<Instant> since = Times.read(exchange.query(), "since");
        Optional<Instant> until = Times.readUntil(exchange.query());
        try (EventLog.Listener listener = log.listen(since);
                Observer.Following following =
                        changes.follow(change -> listener.add(EventMessages.of(change, clock.instant())));
                OutputStream answer = exchange.stream(200, "application/json")) {
            exchange.onDisconnect(listener::close);
            exchange.onDisconnect(following::close);
            while (!listener.isClosed()) {
                long nanos = EventLog.nanosUntil(clock.instant(), until);
                Optional<EventMessage> event = listener.next(nanos);
                if ((event.isEmpty() && nanos <= 0) || isOver(event, until)) {
                    return;
                }
                if (event.isPresent() && filter.accepts(event.get())) {
                    answer.write(line(event.get()));
                }
            }
        }
    }

    private static boolean isOver(Optional<EventMessage> event, Optional<Instant> until) {
        return event.isPresent()
                && until.isPresent()
                && EventLog.time(event.get()).isAfter(until.get());
    }

    private static byte[] line(EventMessage event) {
        return (ApiJson.jsonb().toJson(event) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
