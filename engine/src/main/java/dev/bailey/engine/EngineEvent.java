package dev.bailey.engine;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Sandbox;

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
     * An endpoint's link was taken away by others and put back.
     *
     * @param endpoint the endpoint, as it was
     * @param sandbox its sandbox
     */
    record EndpointRepaired(Endpoint endpoint, Sandbox sandbox) implements EngineEvent {}
}
