package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an endpoint with an allow list may send to.
 *
 * @param destination the addresses, of either family
 * @param protocol the protocol; empty for all of them, those without ports included
 * @param ports the destination's ports; empty for all of them, and where no protocol is named
 */
public record EgressTarget(IpSubnet destination, Optional<TransportProtocol> protocol, Optional<PortRange> ports) {
    private static final String FORM = "is nowhere to send to: write ADDRESS[/LENGTH][:PORT[-PORT]][/PROTOCOL], with"
            + " brackets around what is of IPv6 and has ports, like 10.0.0.0/8, 203.0.113.7:443/tcp or"
            + " [2001:db8::1]:443";

    /** Checks that ports have a protocol. */
    public EgressTarget {
        Objects.requireNonNull(destination, "destination");
        if (ports.isPresent() && protocol.isEmpty()) {
            throw new IllegalArgumentException("ports " + ports.get() + " to send to need a protocol");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 10.0.0.0/8/udp}, {@code 203.0.113.7:443} or {@code 203.0.113.7:8000-8010/tcp}; ports
     * without a protocol are those of TCP. Of IPv6 it is {@code 2001:db8::/32/udp}, and where there are ports the rest is in
     * brackets: {@code [2001:db8::1]:443}, {@code [2001:db8::/32]:443}.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static EgressTarget parse(String text) {
        try {
            Parts parts = Parts.of(text);
            IpSubnet destination = IpSubnet.parse(parts.destination());
            Optional<TransportProtocol> protocol = parts.protocol().map(TransportProtocol::parse);
            Optional<PortRange> ports = parts.ports().map(PortRange::parse);
            return new EgressTarget(
                    destination,
                    ports.isPresent() ? protocol.or(() -> Optional.of(TransportProtocol.TCP)) : protocol,
                    ports);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(Text.quote(text) + " " + FORM + " (" + bad.getMessage() + ")", bad);
        }
    }

    /** The text of a target, cut into those of its parts. */
    private record Parts(String destination, Optional<String> ports, Optional<String> protocol) {
        static Parts of(String text) {
            int slash = text.lastIndexOf('/');
            boolean named = slash >= 0 && slash + 1 < text.length() && Character.isLetter(text.charAt(slash + 1));
            String rest = named ? text.substring(0, slash) : text;
            Optional<String> protocol = named ? Optional.of(text.substring(slash + 1)) : Optional.empty();
            if (rest.startsWith("[")) {
                int end = rest.indexOf(']');
                if (end < 0 || end + 1 < rest.length() && rest.charAt(end + 1) != ':') {
                    throw new IllegalArgumentException("a bracket ends before a colon and a port");
                }
                Optional<String> ports =
                        end + 1 < rest.length() ? Optional.of(rest.substring(end + 2)) : Optional.empty();
                return new Parts(rest.substring(1, end), ports, protocol);
            }
            int colon = rest.indexOf(':');
            return colon < 0 || colon != rest.lastIndexOf(':')
                    ? new Parts(rest, Optional.empty(), protocol)
                    : new Parts(rest.substring(0, colon), Optional.of(rest.substring(colon + 1)), protocol);
        }
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String address = destination.shortForm();
        boolean bracketed = ports.isPresent() && destination.family() == IpFamily.IPV6;
        return (bracketed ? "[" + address + "]" : address)
                + ports.map(range -> ":" + range).orElse("")
                + protocol.map(name -> "/" + name).orElse("");
    }
}
