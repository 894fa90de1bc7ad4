package dev.bailey.engine.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked for when ports of a sandbox are to be published.
 *
 * @param hostAddress the host's address, 0.0.0.0 or :: for all of its family; empty for the one that is the default, of both
 *     families where the network has both
 * @param hostPorts the host's ports: as many as the sandbox's, or several of which any will do for a single one; empty for
 *     any that are free
 * @param protocol the protocol
 * @param sandboxPorts the sandbox's ports
 * @param sources who may use them
 */
public record PortRequest(
        Optional<IpAddress> hostAddress,
        Optional<PortRange> hostPorts,
        TransportProtocol protocol,
        PortRange sandboxPorts,
        PortSources sources) {
    private static final String FORM =
            "write [ADDRESS:][HOSTPORT[-HOSTPORT]:]PORT[-PORT][/PROTOCOL][,from=SUBNET[,SUBNET]], like 127.0.0.1:8080:80/tcp";
    private static final int MAX_PARTS = 3;

    /** Checks that the ports fit each other. */
    public PortRequest {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(sources, "sources");
        hostAddress.ifPresent(PortMapping::checkHostAddress);
        int wanted = sandboxPorts.size();
        hostPorts.ifPresent(ports -> {
            if (wanted > 1 && ports.size() != wanted) {
                throw new IllegalArgumentException("ports " + ports + " of the host cannot lead to " + sandboxPorts
                        + ": " + ports.size() + " and " + wanted + " ports, it must be as many");
            }
        });
    }

    /** Asks for any free port of the host's. */
    public static PortRequest of(TransportProtocol protocol, int sandboxPort) {
        return new PortRequest(
                Optional.empty(), Optional.empty(), protocol, PortRange.of(sandboxPort), PortSources.ANYBODY);
    }

    /**
     * Reads {@code [address:][port[-port]:]port[-port][/protocol][,from=subnet[,subnet]…]}, as with {@code docker run -p}. Nothing or
     * 0 for the host's port means any that is free.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static PortRequest parse(String text) {
        try {
            int comma = text.indexOf(',');
            String ports = comma < 0 ? text : text.substring(0, comma);
            PortSources sources = comma < 0 ? PortSources.ANYBODY : PortSources.ofSuffix(text.substring(comma));
            int slash = ports.indexOf('/');
            String protocol = slash < 0 ? "tcp" : ports.substring(slash + 1);
            return parse(slash < 0 ? ports : ports.substring(0, slash), TransportProtocol.parse(protocol), sources);
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            String shown = reason.startsWith(Text.quote(text)) ? reason : Text.quote(text) + ": " + reason;
            throw new IllegalArgumentException("cannot publish " + shown, e);
        }
    }

    private static PortRequest parse(String text, TransportProtocol protocol, PortSources sources) {
        List<String> parts = Text.parts(text);
        if (parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "too many colons: an IPv6 address stands in brackets, like [2001:db8::1]:8080:80");
        }
        String last = parts.getLast();
        if (last.isEmpty()) {
            throw new IllegalArgumentException("the container's port is missing: " + FORM);
        }
        return new PortRequest(
                parts.size() == MAX_PARTS ? hostAddress(parts.getFirst()) : Optional.empty(),
                parts.size() > 1 ? hostPorts(parts.get(parts.size() - 2)) : Optional.empty(),
                protocol,
                PortRange.parse(last),
                sources);
    }

    private static Optional<IpAddress> hostAddress(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(text));
    }

    private static Optional<PortRange> hostPorts(String text) {
        if (text.indexOf('.') >= 0 || text.indexOf(':') >= 0) {
            String address = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
            throw new IllegalArgumentException("behind an address comes the host's port, or nothing, and a colon: "
                    + address + "::PORT for any free one");
        }
        return text.isEmpty() || text.equals("0") ? Optional.empty() : Optional.of(PortRange.parse(text));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return hostAddress.map(address -> address.beforePort() + ":").orElse("")
                + hostPorts.map(PortRange::toString).orElse("")
                + (hostAddress.isPresent() || hostPorts.isPresent() ? ":" : "")
                + sandboxPorts
                + "/"
                + protocol
                + sources;
    }
}
