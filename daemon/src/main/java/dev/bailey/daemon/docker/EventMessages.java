package dev.bailey.daemon.docker;

import dev.bailey.api.system.EventActor;
import dev.bailey.api.system.EventMessage;
import dev.bailey.engine.EngineEvent;
import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.HostChange;
import dev.bailey.runtime.ContainerEvent;
import java.time.Duration;
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

    /**
     * An event of the engine.
     *
     * @param time when it was heard of
     * @param snapshot knows the network's name
     */
    public static EventMessage of(EngineEvent event, Instant time, Snapshot snapshot) {
        return switch (event) {
            case EngineEvent.EndpointAttached(Endpoint endpoint, Sandbox sandbox) ->
                network("connect", endpoint, sandbox, time, snapshot);
            case EngineEvent.EndpointDetached(Endpoint endpoint, Sandbox sandbox) ->
                network("disconnect", endpoint, sandbox, time, snapshot);
            case EngineEvent.EndpointLost(Endpoint endpoint, Sandbox sandbox) ->
                network("disconnect", endpoint, sandbox, time, snapshot);
            case EngineEvent.NetworkCreated(Network network) -> network("create", network, time);
            case EngineEvent.NetworkRemoved(Network network) -> network("destroy", network, time);
            case EngineEvent.Repaired(BrokenPart part, String what, Duration took) ->
                repair("repair", part, Map.of("what", what, "micros", String.valueOf(took.toNanos() / 1000)), time);
            case EngineEvent.RepairPostponed(BrokenPart part, String reason, Duration delay) ->
                repair("postpone", part, Map.of("what", reason, "next", delay.toMillis() + "ms"), time);
            case EngineEvent.UplinksChanged(var names) ->
                message("uplink", "change", new EventActor(String.join(",", names), Map.of()), time);
        };
    }

    /** What Docker has no word for, for nothing of its own is ever mended. */
    private static EventMessage repair(String action, BrokenPart part, Map<String, String> attributes, Instant time) {
        return message(part.kind().word(), action, new EventActor(part.name(), new TreeMap<>(attributes)), time);
    }

    private static EventMessage message(String type, String action, EventActor actor, Instant time) {
        return new EventMessage(null, null, null, type, action, actor, "local", time.getEpochSecond(), nanos(time));
    }

    /** What the kernel reports, which Docker has no word for. */
    static EventMessage of(HostChange change, Instant time) {
        EventActor actor = new EventActor(change.object(), new TreeMap<>(change.attributes()));
        return message(change.kind(), change.action(), actor, time);
    }

    private static EventMessage network(String action, Network network, Instant time) {
        Map<String, String> attributes = new TreeMap<>(network.details().labels());
        attributes.put("name", network.name());
        attributes.put("type", "bridge");
        return message("network", action, new EventActor(network.id().value(), attributes), time);
    }

    private static EventMessage network(
            String action, Endpoint endpoint, Sandbox sandbox, Instant time, Snapshot snapshot) {
        Map<String, String> attributes = Map.of(
                "container",
                sandbox.id().value(),
                "name",
                snapshot.network(endpoint.network()).map(Network::name).orElse(""),
                "type",
                "bridge",
                "endpoint",
                endpoint.id().value());
        return message("network", action, new EventActor(endpoint.network().value(), attributes), time);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }
}
