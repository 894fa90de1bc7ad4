package dev.bailey.engine.store;

import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.Sandbox;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the journal says there is, as an earlier process left it; the kernel may have more, less or neither.
 *
 * @param networks the networks, in the order they were created
 * @param leavingNetworks networks about to be taken apart, without endpoints; all, some or none of each exists
 * @param sandboxes the sandboxes, in the order they were created
 * @param endpoints the endpoints, in the order they were intended
 * @param ports what each endpoint publishes, which is part of what its phase says; without those that publish nothing
 * @param hostSettings values to put back, by name
 * @param uniqueLocalPrefix what subnets of IPv6 are taken from when none is asked for, once it was chosen
 * @param egressNumbers the numbers of ways out of the host, each once
 */
public record RecoveredState(
        List<Network> networks,
        List<Network> leavingNetworks,
        List<Sandbox> sandboxes,
        List<RecoveredEndpoint> endpoints,
        Map<EndpointId, List<PortMapping>> ports,
        Map<String, String> hostSettings,
        Optional<Ipv6Subnet> uniqueLocalPrefix,
        Map<EgressWay, Integer> egressNumbers) {
    /** Copies the parts. */
    public RecoveredState {
        networks = List.copyOf(networks);
        leavingNetworks = List.copyOf(leavingNetworks);
        sandboxes = List.copyOf(sandboxes);
        endpoints = List.copyOf(endpoints);
        ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
        hostSettings = Map.copyOf(hostSettings);
        Objects.requireNonNull(uniqueLocalPrefix, "uniqueLocalPrefix");
        egressNumbers = Map.copyOf(egressNumbers);
    }

    /** What one endpoint publishes, in the order in which it was published. */
    public List<PortMapping> portsOf(EndpointId endpoint) {
        return ports.getOrDefault(endpoint, List.of());
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
