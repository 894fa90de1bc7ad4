package dev.bailey.daemon.docker;

import dev.bailey.api.system.EventActor;
import dev.bailey.api.system.EventMessage;
import dev.bailey.runtime.ContainerEvent;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What happened to containers and networks in Docker's words; pure. */
public final class EventMessages {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private EventMessages() {}

    /** An event of the runtime. */
    public static EventMessage of(ContainerEvent event) {
        Map<String, String> attributes = new TreeMap<>(event.labels());
        attributes.putAll(event.attributes());
        attributes.put("name", event.name());
        attributes.put("image", event.image());
        String action = event.action().word();
        return new EventMessage(
                action,
                event.id().value(),
                event.image(),
                "container",
                action,
                new EventActor(event.id().value(), attributes),
                "local",
                event.time().getEpochSecond(),
                nanos(event.time()));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }
}
