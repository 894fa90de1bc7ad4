package dev.bailey.engine;

import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import java.time.Duration;
import java.util.List;

/** Something that happened to the engine's networks. */
public sealed interface EngineEvent {

    /**
     * A sandbox joined a network.
     *
     * @param endpoint the new endpoint
     * @param sandbox its sandbox
     */
    record EndpointAttached(Endpoint endpoint, Sandbox sandbox) implements EngineEvent {}

    /**
     * A sandbox left a network because somebody asked for it.
     *
     * @param endpoint what was
     * @param sandbox its sandbox
     */
    record EndpointDetached(Endpoint endpoint, Sandbox sandbox) implements EngineEvent {}

    /**
     * An endpoint is gone because its namespace is gone.
     *
     * @param endpoint what was
     * @param sandbox its sandbox
     */
    record EndpointLost(Endpoint endpoint, Sandbox sandbox) implements EngineEvent {}

    /**
     * There is a new network because somebody asked for it.
     *
     * @param network the network
     */
    record NetworkCreated(Network network) implements EngineEvent {}

    /**
     * A network is gone because somebody asked for it.
     *
     * @param network what was
     */
    record NetworkRemoved(Network network) implements EngineEvent {}

    /**
     * Something that others had broken is whole again.
     *
     * @param part what was broken
     * @param what what was wrong with it, in a few words
     * @param took the time from the kernel's notification to the end of the repair
     */
    record Repaired(BrokenPart part, String what, Duration took) implements EngineEvent {}

    /**
     * Something is broken and stays so for a while, because it does not stay whole or cannot be mended.
     *
     * @param part what is broken
     * @param reason why it is not mended at once
     * @param delay when the next attempt is made, from now
     */
    record RepairPostponed(BrokenPart part, String reason, Duration delay) implements EngineEvent {}

    /**
     * Traffic leaves the host through other links than before, or in another order of preference.
     *
     * @param names the links' names, the preferred one first
     */
    record UplinksChanged(List<String> names) implements EngineEvent {
        /** Copies the list. */
        public UplinksChanged {
            names = List.copyOf(names);
        }
    }
}
