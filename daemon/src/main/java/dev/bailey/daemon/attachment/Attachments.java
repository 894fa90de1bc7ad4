package dev.bailey.daemon.attachment;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What this face asks of the engine. Every method may be called from any thread and throws the engine's errors. */
public interface Attachments {
    /** Everything that exists at this moment. */
    Snapshot snapshot();

    /**
     * Joins a network namespace to a network.
     *
     * @param netns absolute path of the namespace
     * @param name the name to know it by; empty for the last part of the path
     * @param network name of the network
     * @param address the address to have; empty for any
     * @param interfaceName name of the interface inside
     * @param ports what to publish of it
     * @param ipv6Address the IPv6 address to have; empty for any where the network has IPv6
     * @param limits how fast it may be
     * @param egress how its packets leave the host, where that is not as the network says
     */
    Endpoint attach(
            Path netns,
            String name,
            String network,
            Optional<Ipv4Address> address,
            InterfaceName interfaceName,
            List<PortRequest> ports,
            Optional<Ipv6Address> ipv6Address,
            RateLimits limits,
            Egress egress);

    /** Publishes more ports of a sandbox, all or none; returns what leads to what. */
    List<PortMapping> publish(SandboxId id, List<PortRequest> ports);

    /** Ends the publication of ports of an endpoint, all or none. */
    void unpublish(EndpointId id, List<PortMapping> ports);

    /** Takes an endpoint away; returns when its link is gone. */
    void detach(EndpointId id);
}
