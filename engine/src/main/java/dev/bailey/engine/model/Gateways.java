package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** By which of its endpoints a sandbox is reached from outside, and which of its ports by each. */
public final class Gateways {
    private final SandboxId sandbox;
    private final Snapshot model;
    private final Optional<Endpoint> ofIpv4;
    private final Optional<Endpoint> ofIpv6;

    private Gateways(SandboxId sandbox, Snapshot model) {
        this.sandbox = sandbox;
        this.model = model;
        this.ofIpv4 = of(IpFamily.IPV4);
        this.ofIpv6 = of(IpFamily.IPV6);
    }

    /**
     * Returns the endpoints that ports of a sandbox are published of when none is named, each with its ports. The endpoint of
     * a family is, of those that are not on an internal network, one with an address of the family, of these the one with the
     * highest priority for the default route, and of equal ones that whose network's name comes first; where none has the
     * family, one without. A port of an address of the host's goes to the endpoint of that family, any other one to that of
     * IPv4 and, where this has no IPv6, to that of IPv6 as well. O(the sandbox's endpoints + ports).
     *
     * @return empty when the sandbox is on no network
     */
    public static Map<Endpoint, List<PortRequest>> of(SandboxId sandbox, Snapshot model, List<PortRequest> ports) {
        Gateways gateways = new Gateways(sandbox, model);
        Map<Endpoint, List<PortRequest>> shares = new LinkedHashMap<>();
        for (PortRequest port : ports) {
            gateways.of(port)
                    .forEach(endpoint -> shares.computeIfAbsent(endpoint, _ -> new ArrayList<>())
                            .add(port));
        }
        return shares;
    }

    private Optional<Endpoint> of(IpFamily family) {
        return model.endpointsOf(sandbox).stream()
                .min(Comparator.<Endpoint, Boolean>comparing(this::isInternal)
                        .thenComparing(endpoint -> !endpoint.has(family))
                        .thenComparing(Endpoint::gatewayPriority, Comparator.reverseOrder())
                        .thenComparing(this::networkName));
    }

    private List<Endpoint> of(PortRequest port) {
        Optional<Endpoint> named = port.hostAddress().flatMap(address -> switch (address.family()) {
            case IPV4 -> ofIpv4;
            case IPV6 -> ofIpv6;
        });
        if (named.isPresent() || ofIpv4.isEmpty()) {
            return named.stream().toList();
        }
        Optional<Endpoint> second =
                ofIpv6.filter(endpoint -> endpoint.has(IpFamily.IPV6)).filter(_ -> leavesIpv6Out(ofIpv4.get()));
        if (second.isEmpty() || !isFor(port, IpFamily.IPV6)) {
            return List.of(ofIpv4.get());
        }
        return isFor(port, IpFamily.IPV4) ? List.of(ofIpv4.get(), second.get()) : List.of(second.get());
    }

    /** Who has the ports bound to one address of IPv4 does not want them open on all those of IPv6. */
    private boolean leavesIpv6Out(Endpoint endpoint) {
        return !endpoint.has(IpFamily.IPV6)
                && model.network(endpoint.network())
                        .filter(network -> network.options().hostBinding().isAny())
                        .isPresent();
    }

    private static boolean isFor(PortRequest port, IpFamily family) {
        return port.sources().within(family).isPresent();
    }

    private boolean isInternal(Endpoint endpoint) {
        return model.network(endpoint.network())
                .filter(network -> network.options().internal())
                .isPresent();
    }

    private String networkName(Endpoint endpoint) {
        return model.network(endpoint.network()).map(Network::name).orElse("");
    }
}
