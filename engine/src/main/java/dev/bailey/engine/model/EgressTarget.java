package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an endpoint with an allow list may send to.
 *
 * @param destination the addresses
 * @param protocol the protocol; empty for all of them, those without ports included
 * @param ports the destination's ports; empty for all of them, and where no protocol is named
 */
public record EgressTarget(Subnet destination, Optional<TransportProtocol> protocol, Optional<PortRange> ports) {
    private static final String FORM = "is nowhere to send to: write ADDRESS[/LENGTH][:PORT[-PORT]][/PROTOCOL], like"
            + " 10.0.0.0/8 or 203.0.113.7:443/tcp";

    /** Checks that ports have a protocol. */
    public EgressTarget {
        Objects.requireNonNull(destination, "destination");
        if (ports.isPresent() && protocol.isEmpty()) {
            throw new IllegalArgumentException("ports " + ports.get() + " to send to need a protocol");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 10.0.0.0/8/udp}, {@code 203.0.113.7:443} or {@code 203.0.113.7:8000-8010/tcp}; ports
     * without a protocol are those of TCP.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static EgressTarget parse(String text) {
        int colon = text.indexOf(':');
        String rest = colon < 0 ? text : text.substring(colon + 1);
        int slash = rest.lastIndexOf('/');
        boolean named = slash >= 0 && slash + 1 < rest.length() && Character.isLetter(rest.charAt(slash + 1));
        try {
            Optional<TransportProtocol> protocol =
                    named ? Optional.of(TransportProtocol.parse(rest.substring(slash + 1))) : Optional.empty();
            String left = named ? rest.substring(0, slash) : rest;
            if (colon < 0) {
                return new EgressTarget(destination(left), protocol, Optional.empty());
            }
            return new EgressTarget(
                    destination(text.substring(0, colon)),
                    protocol.or(() -> Optional.of(TransportProtocol.TCP)),
                    Optional.of(PortRange.parse(left)));
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(Text.quote(text) + " " + FORM + " (" + bad.getMessage() + ")", bad);
        }
    }

    private static Subnet destination(String text) {
        return text.indexOf('/') < 0 ? new Subnet(Ipv4Address.parse(text), Integer.SIZE) : Subnet.parse(text);
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String address =
                destination.prefixLength() == Integer.SIZE ? destination.base().toString() : destination.toString();
        return address
                + ports.map(range -> ":" + range).orElse("")
                + protocol.map(name -> "/" + name).orElse("");
    }
}
