package dev.bailey.engine.view;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PortSources;
import dev.bailey.engine.model.TransportProtocol;
import java.util.Objects;

/**
 * Somebody else who wants what comes to ports of the host.
 *
 * @param kind what it does with it
 * @param name who it is, in a few words
 * @param protocol the protocol of the ports
 * @param address the host's address that they belong to, {@link IpAddress#isAny} for all of its family
 * @param ports the ports
 */
public record PortTaker(Kind kind, String name, TransportProtocol protocol, IpAddress address, PortRange ports) {
    /** What somebody does with what comes to a port. */
    public enum Kind {
        /** A process waits for it; rules come before processes. */
        SOCKET,
        /** A rule of others redirects it; such rules come before the engine's. */
        RULE
    }

    /** Checks that nothing is missing. */
    public PortTaker {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(ports, "ports");
    }

    /** The mapping that would take as much. */
    PortMapping mapping() {
        return new PortMapping(address, ports, protocol, ports, PortSources.ANYBODY);
    }

    /** The ports, such as {@code 0.0.0.0:8080/tcp}. */
    String end() {
        return address.beforePort() + ":" + ports + "/" + protocol;
    }
}
