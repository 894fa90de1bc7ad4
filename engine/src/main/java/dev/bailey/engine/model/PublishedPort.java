package dev.bailey.engine.model;

import java.util.Objects;

/**
 * A port mapping of an endpoint.
 *
 * @param endpoint whose it is
 * @param sandboxAddress the endpoint's address
 * @param mapping what leads to what
 * @param trusted whether trusted links of the network reach it at the endpoint's own address as well
 */
public record PublishedPort(EndpointId endpoint, Ipv4Address sandboxAddress, PortMapping mapping, boolean trusted) {
    /** Checks that nothing is missing. */
    public PublishedPort {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(sandboxAddress, "sandboxAddress");
        Objects.requireNonNull(mapping, "mapping");
    }

    /** A mapping of an endpoint on a network without trusted links. */
    public PublishedPort(EndpointId endpoint, Ipv4Address sandboxAddress, PortMapping mapping) {
        this(endpoint, sandboxAddress, mapping, false);
    }

    /**
     * A mapping of an endpoint. Trusted links reach what everybody may use: who is let in by address comes to the host's.
     *
     * @param network the endpoint's
     */
    public static PublishedPort of(Endpoint endpoint, Network network, PortMapping mapping) {
        boolean trusted = !network.options().trustedInterfaces().isEmpty()
                && mapping.sources().isAnybody()
                && !mapping.routed();
        return new PublishedPort(endpoint.id(), endpoint.address().address(), mapping, trusted);
    }
}
