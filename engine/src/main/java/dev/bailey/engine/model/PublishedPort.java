package dev.bailey.engine.model;

import java.util.Objects;

/**
 * A port mapping of an endpoint.
 *
 * @param endpoint whose it is
 * @param sandboxAddress the endpoint's address, of the mapping's family
 * @param mapping what leads to what
 * @param trusted whether trusted links of the network reach it at the endpoint's own address as well
 */
public record PublishedPort(EndpointId endpoint, IpAddress sandboxAddress, PortMapping mapping, boolean trusted) {
    /** Checks that the families are the same. */
    public PublishedPort {
        Objects.requireNonNull(endpoint, "endpoint");
        if (sandboxAddress.family() != mapping.family()) {
            throw new IllegalArgumentException(
                    mapping + " cannot lead to " + sandboxAddress + ": that is of " + sandboxAddress.family());
        }
    }

    /** A mapping of an endpoint on a network without trusted links. */
    public PublishedPort(EndpointId endpoint, IpAddress sandboxAddress, PortMapping mapping) {
        this(endpoint, sandboxAddress, mapping, false);
    }

    /**
     * A mapping of an endpoint. Trusted links reach what everybody may use: who is let in by address comes to the host's.
     *
     * @param network the endpoint's
     * @throws IllegalArgumentException when the endpoint has no address of the mapping's family
     */
    public static PublishedPort of(Endpoint endpoint, Network network, PortMapping mapping) {
        boolean trusted = !network.options().trustedInterfaces().isEmpty()
                && mapping.sources().isAnybody()
                && !mapping.routed();
        return new PublishedPort(endpoint.id(), address(endpoint, mapping), mapping, trusted);
    }

    /** Whether it opens, at the endpoint's own address, all that another mapping of the same endpoint does. */
    public boolean opens(PublishedPort other) {
        return trusted
                && sandboxAddress.equals(other.sandboxAddress)
                && mapping.protocol() == other.mapping.protocol()
                && mapping.sandboxPorts().includes(other.mapping.sandboxPorts());
    }

    private static IpAddress address(Endpoint endpoint, PortMapping mapping) {
        return switch (mapping.family()) {
            case IPV4 ->
                endpoint.ipv4()
                        .map(part -> part.address().address())
                        .orElseThrow(() -> new IllegalArgumentException(
                                mapping + " cannot lead to " + endpoint.hostEnd() + ", which has no IPv4"));
            case IPV6 ->
                endpoint.ipv6()
                        .map(part -> part.address().address())
                        .orElseThrow(() -> new IllegalArgumentException(
                                mapping + " cannot lead to " + endpoint.hostEnd() + ", which has no IPv6"));
        };
    }
}
