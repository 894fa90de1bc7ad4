package dev.bailey.engine;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PortRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked for when a sandbox is to join a network.
 *
 * @param target the sandbox
 * @param network the network's name, {@value Network#DEFAULT_NAME} for the default one
 * @param address the address it must have, or empty for any that is free
 * @param interfaceName the name of its end inside the sandbox
 * @param ports what is to be published of it
 */
public record AttachRequest(
        SandboxTarget target,
        String network,
        Optional<Ipv4Address> address,
        InterfaceName interfaceName,
        List<PortRequest> ports) {

    /** The name of the first interface of a sandbox when none is asked for. */
    public static final InterfaceName DEFAULT_INTERFACE = new InterfaceName("eth0");

    /** Checks that nothing is missing. */
    public AttachRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(interfaceName, "interfaceName");
        ports = List.copyOf(ports);
    }

    /** Asks for an endpoint that publishes nothing. */
    public AttachRequest(
            SandboxTarget target, String network, Optional<Ipv4Address> address, InterfaceName interfaceName) {
        this(target, network, address, interfaceName, List.of());
    }

    /** The same request with these ports to publish. */
    public AttachRequest withPorts(List<PortRequest> wanted) {
        return new AttachRequest(target, network, address, interfaceName, wanted);
    }

    /** Asks for any address on the default network, with the default interface name. */
    public static AttachRequest of(SandboxTarget target) {
        return new AttachRequest(target, Network.DEFAULT_NAME, Optional.empty(), DEFAULT_INTERFACE);
    }
}
