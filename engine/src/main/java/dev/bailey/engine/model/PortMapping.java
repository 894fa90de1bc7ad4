package dev.bailey.engine.model;

import java.util.List;
import java.util.Objects;

/**
 * Ports of the host that lead to ports of a sandbox, one to one and in order; or, where nothing is translated, ports of a
 * sandbox that are open at its own address, in which the host has no part.
 *
 * @param hostAddress the host's address that they belong to, {@link IpAddress#isAny} for all of its family and where the host
 *     has no part; the sandbox's is of the same family
 * @param hostPorts the ports of the host; the sandbox's where the host has no part
 * @param protocol the protocol of all of them
 * @param sandboxPorts the ports of the sandbox, as many
 * @param sources who may use them, of the same family
 * @param routed whether they are open at the sandbox's own address and no port of the host leads to them
 */
public record PortMapping(
        IpAddress hostAddress,
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
        sources = own(sources, hostAddress, hostPorts);
        if (routed && !(hostAddress.isAny() && hostPorts.equals(sandboxPorts))) {
            throw new IllegalArgumentException("port " + hostAddress.beforePort() + ":" + hostPorts
                    + " of the host cannot be routed: the ports " + sandboxPorts + " of the container itself can");
        }
    }

    private static PortSources own(PortSources sources, IpAddress address, PortRange ports) {
        return sources.within(address.family())
                .orElseThrow(() -> new IllegalArgumentException("port " + address.beforePort() + ":" + ports
                        + " would be open to nobody: there is no " + address.family() + " subnet among the senders"
                        + sources));
    }

    /** A mapping of ports of the host. */
    public PortMapping(
            IpAddress hostAddress,
            PortRange hostPorts,
            TransportProtocol protocol,
            PortRange sandboxPorts,
            PortSources sources) {
        this(hostAddress, hostPorts, protocol, sandboxPorts, sources, false);
    }

    /** Ports that are open at the sandbox's own IPv4 address. */
    public static PortMapping routed(TransportProtocol protocol, PortRange sandboxPorts, PortSources sources) {
        return routed(IpFamily.IPV4, protocol, sandboxPorts, sources);
    }

    /** Ports that are open at the sandbox's own address of a family. */
    public static PortMapping routed(
            IpFamily family, TransportProtocol protocol, PortRange sandboxPorts, PortSources sources) {
        return new PortMapping(family.any(), sandboxPorts, protocol, sandboxPorts, sources, true);
    }

    /** A mapping of one port on all of the host's IPv4 addresses, for everybody. */
    public static PortMapping of(TransportProtocol protocol, int hostPort, int sandboxPort) {
        return new PortMapping(
                Ipv4Address.ANY, PortRange.of(hostPort), protocol, PortRange.of(sandboxPort), PortSources.ANYBODY);
    }

    /** Whether something can be published on an address: one that a host may have, and that packets are led from to others. */
    public static boolean canHave(IpAddress address) {
        return switch (address) {
            case Ipv4Address ipv4 -> ipv4.isAny() || !ipv4.isMulticastOrReserved();
            case Ipv6Address ipv6 ->
                !ipv6.isMulticast() && !ipv6.isMappedIpv4() && !ipv6.isLinkLocal() && !ipv6.isLoopback();
        };
    }

    static void checkHostAddress(IpAddress address) {
        if (address.isLoopback() && address.family() == IpFamily.IPV6) {
            throw new IllegalArgumentException("nothing can be published on " + address
                    + ": Linux leads nothing from there to a container, take 127.0.0.1 for this host alone");
        }
        if (!canHave(address)) {
            throw new IllegalArgumentException("nothing can be published on " + address
                    + ": take an address of this host, or "
                    + address.family().any() + " for all of them");
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
        List<String> parts = Text.parts(ports.substring(0, Math.max(slash, 0)));
        if (parts.size() != PARTS && parts.size() != 1) {
            throw Text.bad(text, "is no port mapping: it looks like 0.0.0.0:8080:80/tcp, or 80/tcp where it is routed");
        }
        TransportProtocol protocol = TransportProtocol.parse(ports.substring(slash + 1));
        PortSources sources = comma < 0 ? PortSources.ANYBODY : PortSources.ofSuffix(text.substring(comma));
        PortRange inside = PortRange.parse(parts.getLast());
        if (parts.size() == 1) {
            return routed(protocol, inside, sources);
        }
        IpAddress address = IpAddress.parse(parts.getFirst());
        return address.isAny() && parts.get(1).isEmpty()
                ? routed(address.family(), protocol, inside, sources)
                : new PortMapping(address, PortRange.parse(parts.get(1)), protocol, inside, sources);
    }

    /** The family of both ends' addresses. */
    public IpFamily family() {
        return hostAddress.family();
    }

    /** Whether it is for all of the host's addresses of its family; a routed one is for none of them. */
    public boolean isOnAnyAddress() {
        return !routed && hostAddress.isAny();
    }

    /** Whether each port leads to the one with the same number. */
    public boolean keepsPorts() {
        return hostPorts.equals(sandboxPorts);
    }

    /** Whether the host reaches it at 127.0.0.1 or another address of that kind; never one of IPv6. */
    public boolean isOnLoopback() {
        return family() == IpFamily.IPV4
                && (isOnAnyAddress() || hostAddress.isLoopback())
                && sources.includes(LOCALHOST);
    }

    /** Whether the two want the same port of the same address of the host. */
    public boolean conflictsWith(PortMapping other) {
        return !routed
                && !other.routed
                && family() == other.family()
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

    /** The host's end, such as {@code 0.0.0.0:8080/tcp}; of a routed one the sandbox's ports, such as {@code 80/tcp} or {@code [::]::80/tcp}. */
    public String hostEnd() {
        return (routed ? routedEnd() : hostAddress.beforePort() + ":") + hostPorts + "/" + protocol;
    }

    /** There were journals before there was IPv6, so that of IPv4 stands without an address. */
    private String routedEnd() {
        return switch (family()) {
            case IPV4 -> "";
            case IPV6 -> hostAddress.beforePort() + "::";
        };
    }

    /**
     * The form that {@link #parse} reads, such as {@code 127.0.0.1:8080:80/tcp,from=10.0.0.0/8}, {@code 80/tcp} of a routed
     * one, and {@code [::]::80/tcp} of a routed one of IPv6.
     */
    @Override
    public String toString() {
        return (routed ? routedEnd() : hostAddress.beforePort() + ":" + hostPorts + ":") + sandboxPorts + "/" + protocol
                + sources;
    }
}
