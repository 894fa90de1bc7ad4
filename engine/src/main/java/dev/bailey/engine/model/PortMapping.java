package dev.bailey.engine.model;

import java.util.Objects;

/**
 * Ports of the host that lead to ports of a sandbox, one to one and in order; or, where nothing is translated, ports of a
 * sandbox that are open at its own address, in which the host has no part.
 *
 * @param hostAddress the host's address that they belong to, {@link Ipv4Address#ANY} for all of them and where the host has
 *     no part
 * @param hostPorts the ports of the host; the sandbox's where the host has no part
 * @param protocol the protocol of all of them
 * @param sandboxPorts the ports of the sandbox, as many
 * @param sources who may use them
 * @param routed whether they are open at the sandbox's own address and no port of the host leads to them
 */
public record PortMapping(
        Ipv4Address hostAddress,
        PortRange hostPorts,
        TransportProtocol protocol,
        PortRange sandboxPorts,
        PortSources sources,
        boolean routed) {
    private static final int PARTS = 3;
    private static final Ipv4Address LOCALHOST = Ipv4Address.parse("127.0.0.1");

    /** Checks that both ends have as many ports, and that the host can have the address. */
    public PortMapping {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(sources, "sources");
        if (hostPorts.size() != sandboxPorts.size()) {
            throw new IllegalArgumentException("ports " + hostPorts + " of the host cannot lead to " + sandboxPorts
                    + ": " + hostPorts.size() + " and " + sandboxPorts.size() + " ports, it must be as many");
        }
        checkHostAddress(hostAddress);
        if (routed && !(hostAddress.equals(Ipv4Address.ANY) && hostPorts.equals(sandboxPorts))) {
            throw new IllegalArgumentException("port " + hostAddress + ":" + hostPorts
                    + " of the host cannot be routed: the ports " + sandboxPorts + " of the container itself can");
        }
    }

    /** A mapping of ports of the host. */
    public PortMapping(
            Ipv4Address hostAddress,
            PortRange hostPorts,
            TransportProtocol protocol,
            PortRange sandboxPorts,
            PortSources sources) {
        this(hostAddress, hostPorts, protocol, sandboxPorts, sources, false);
    }

    /** Ports that are open at the sandbox's own address. */
    public static PortMapping routed(TransportProtocol protocol, PortRange sandboxPorts, PortSources sources) {
        return new PortMapping(Ipv4Address.ANY, sandboxPorts, protocol, sandboxPorts, sources, true);
    }

    /** A mapping of one port on all of the host's addresses, for everybody. */
    public static PortMapping of(TransportProtocol protocol, int hostPort, int sandboxPort) {
        return new PortMapping(
                Ipv4Address.ANY, PortRange.of(hostPort), protocol, PortRange.of(sandboxPort), PortSources.ANYBODY);
    }

    static void checkHostAddress(Ipv4Address address) {
        boolean isHost = address.equals(Ipv4Address.ANY) || !address.isMulticastOrReserved();
        if (!isHost) {
            throw new IllegalArgumentException("nothing can be published on " + address
                    + ": take an address of this host, or 0.0.0.0 for all of them");
        }
    }

    /**
     * Reads the form that {@link #toString} gives; people write a {@link PortRequest}.
     *
     * @throws IllegalArgumentException naming the input
     */
    public static PortMapping parse(String text) {
        int comma = text.indexOf(',');
        String ports = comma < 0 ? text : text.substring(0, comma);
        int slash = ports.indexOf('/');
        String[] parts = ports.substring(0, Math.max(slash, 0)).split(":", -1);
        if (parts.length != PARTS && parts.length != 1) {
            throw Text.bad(text, "is no port mapping: it looks like 0.0.0.0:8080:80/tcp, or 80/tcp where it is routed");
        }
        TransportProtocol protocol = TransportProtocol.parse(ports.substring(slash + 1));
        PortSources sources = comma < 0 ? PortSources.ANYBODY : PortSources.ofSuffix(text.substring(comma));
        return parts.length == 1
                ? routed(protocol, PortRange.parse(parts[0]), sources)
                : new PortMapping(
                        Ipv4Address.parse(parts[0]),
                        PortRange.parse(parts[1]),
                        protocol,
                        PortRange.parse(parts[2]),
                        sources);
    }

    /** Whether it is for all of the host's addresses; a routed one is for none of them. */
    public boolean isOnAnyAddress() {
        return !routed && hostAddress.equals(Ipv4Address.ANY);
    }

    /** Whether each port leads to the one with the same number. */
    public boolean keepsPorts() {
        return hostPorts.equals(sandboxPorts);
    }

    /** Whether the host reaches it at 127.0.0.1 or another address of that kind. */
    public boolean isOnLoopback() {
        return (isOnAnyAddress() || hostAddress.isLoopback()) && sources.includes(LOCALHOST);
    }

    /** Whether the two want the same port of the same address of the host. */
    public boolean conflictsWith(PortMapping other) {
        return !routed
                && !other.routed
                && protocol == other.protocol
                && hostPorts.overlaps(other.hostPorts)
                && (isOnAnyAddress() || other.isOnAnyAddress() || hostAddress.equals(other.hostAddress));
    }

    /**
     * The port of the sandbox that one of the host leads to.
     *
     * @param hostPort one of the host's ports
     */
    public int sandboxPort(int hostPort) {
        return sandboxPorts.first() + hostPort - hostPorts.first();
    }

    /** The host's end, such as {@code 0.0.0.0:8080/tcp}; of a routed one the sandbox's ports, such as {@code 80/tcp}. */
    public String hostEnd() {
        return (routed ? "" : hostAddress + ":") + hostPorts + "/" + protocol;
    }

    /**
     * The form that {@link #parse} reads, such as {@code 127.0.0.1:8080:80/tcp,from=10.0.0.0/8}, or {@code 80/tcp} of a routed
     * one.
     */
    @Override
    public String toString() {
        return (routed ? "" : hostAddress + ":" + hostPorts + ":") + sandboxPorts + "/" + protocol + sources;
    }
}
