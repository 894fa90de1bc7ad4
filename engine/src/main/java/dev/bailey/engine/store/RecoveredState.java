package dev.bailey.engine.store;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the journal says there is, as an earlier process left it; the kernel may have more, less or neither.
 *
 * @param networks the networks, in the order they were created
 * @param leavingNetworks networks about to be taken apart, without endpoints; all, some or none of each exists
 * @param sandboxes the sandboxes, in the order they were created
 * @param endpoints the endpoints, in the order they were intended
 * @param hostSettings values to put back, by name
 */
public record RecoveredState(
        List<Network> networks,
        List<Network> leavingNetworks,
        List<Sandbox> sandboxes,
        List<RecoveredEndpoint> endpoints,
        Map<String, String> hostSettings) {
    /** Copies the parts. */
    public RecoveredState {
        networks = List.copyOf(networks);
        leavingNetworks = List.copyOf(leavingNetworks);
        sandboxes = List.copyOf(sandboxes);
        endpoints = List.copyOf(endpoints);
        hostSettings = Map.copyOf(hostSettings);
    }

    /** How far an endpoint had come. */
    public enum Phase {
        /** Intended; all, some or none of it exists. */
        ATTACHING,
        /** It worked. */
        ATTACHED,
        /** It worked, and was about to be made anew; all, some or none of it exists. */
        REMAKING,
        /** About to be taken apart; all, some or none of it exists. */
        DETACHING
    }

    /**
     * An endpoint and how far it had come.
     *
     * @param endpoint the endpoint
     * @param phase how far it had come
     */
    public record RecoveredEndpoint(Endpoint endpoint, Phase phase) {
        /** Checks that nothing is missing. */
        public RecoveredEndpoint {
            Objects.requireNonNull(endpoint, "endpoint");
            Objects.requireNonNull(phase, "phase");
        }
    }
}
