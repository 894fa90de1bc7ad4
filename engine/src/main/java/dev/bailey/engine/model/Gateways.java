package dev.bailey.engine.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** By which of its endpoints a sandbox is reached from outside. */
public final class Gateways {
    private Gateways() {}

    /**
     * Returns the endpoint that ports of a sandbox are published of when none is named: of those that are not on an internal
     * network one with an address of the family that is asked for, of these the one with the highest priority for the default
     * route, and of equal ones that whose network's name comes first. The family is IPv4, unless every port is asked for at an
     * address of IPv6. O(its endpoints + ports).
     */
    public static Optional<Endpoint> of(SandboxId sandbox, Snapshot model, Collection<PortRequest> ports) {
        IpFamily family =
                !ports.isEmpty() && ports.stream().allMatch(Gateways::isOfIpv6) ? IpFamily.IPV6 : IpFamily.IPV4;
        return model.endpointsOf(sandbox).stream()
                .min(Comparator.<Endpoint, Boolean>comparing(endpoint -> isInternal(endpoint, model))
                        .thenComparing(endpoint -> !endpoint.has(family))
                        .thenComparing(Endpoint::gatewayPriority, Comparator.reverseOrder())
                        .thenComparing(endpoint -> networkName(endpoint, model)));
    }

    private static boolean isOfIpv6(PortRequest port) {
        return port.hostAddress()
                .filter(address -> address.family() == IpFamily.IPV6)
                .isPresent();
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
