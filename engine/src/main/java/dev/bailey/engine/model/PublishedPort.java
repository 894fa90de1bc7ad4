package dev.bailey.engine.model;

import java.util.Objects;

/**
 * A port mapping of an endpoint.
 *
 * @param endpoint whose it is
 * @param sandboxAddress the endpoint's address
 * @param mapping what leads to what
 */
public record PublishedPort(EndpointId endpoint, Ipv4Address sandboxAddress, PortMapping mapping) {
    /** Checks that nothing is missing. */
    public PublishedPort {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(sandboxAddress, "sandboxAddress");
        Objects.requireNonNull(mapping, "mapping");
    }

    /** A mapping of an endpoint. */
    public static PublishedPort of(Endpoint endpoint, PortMapping mapping) {
        return new PublishedPort(endpoint.id(), endpoint.address().address(), mapping);
    }
}
