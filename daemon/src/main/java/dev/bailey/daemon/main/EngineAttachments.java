package dev.bailey.daemon.main;

import dev.bailey.daemon.attachment.Attachments;
import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.Engine;
import dev.bailey.engine.SandboxTarget;
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

/**
 * The engine as the face for namespaces without a container asks for it.
 *
 * @param engine the engine
 */
record EngineAttachments(Engine engine) implements Attachments {
    @Override
    public Snapshot snapshot() {
        return engine.snapshot();
    }

    @Override
    public Endpoint attach(
            Path netns,
            String name,
            String network,
            Optional<Ipv4Address> address,
            InterfaceName interfaceName,
            List<PortRequest> ports,
            Optional<Ipv6Address> ipv6Address,
            RateLimits limits,
            Egress egress) {
        return engine.attach(new AttachRequest(new SandboxTarget.Foreign(netns, name), network, address, interfaceName)
                .withPorts(ports)
                .withIpv6(ipv6Address, Optional.empty())
                .withLimits(limits)
                .withEgress(egress));
    }

    @Override
    public List<PortMapping> publish(SandboxId id, List<PortRequest> ports) {
        return engine.publish(id, ports);
    }

    @Override
    public void unpublish(EndpointId id, List<PortMapping> ports) {
        engine.unpublish(id, ports);
    }

    @Override
    public void detach(EndpointId id) {
        engine.detach(id);
    }
}
