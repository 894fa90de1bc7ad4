package dev.bailey.engine.model;

import java.util.Comparator;
import java.util.Optional;

/** By which of its endpoints a sandbox is reached from outside. */
public final class Gateways {
    private Gateways() {}

    /**
     * Returns the endpoint that ports of a sandbox are published of when none is named: the one with the highest priority for
     * the default route among those that are not on an internal network, and of equal ones that whose network's name comes
     * first. O(its endpoints).
     */
    public static Optional<Endpoint> of(SandboxId sandbox, Snapshot model) {
        return model.endpointsOf(sandbox).stream()
                .min(Comparator.<Endpoint, Boolean>comparing(endpoint -> isInternal(endpoint, model))
                        .thenComparing(Endpoint::gatewayPriority, Comparator.reverseOrder())
                        .thenComparing(endpoint -> networkName(endpoint, model)));
    }

    private static boolean isInternal(Endpoint endpoint, Snapshot model) {
        return model.network(endpoint.network())
                .filter(network -> network.options().internal())
                .isPresent();
    }

    private static String networkName(Endpoint endpoint, Snapshot model) {
        return model.network(endpoint.network()).map(Network::name).orElse("");
    }
}
