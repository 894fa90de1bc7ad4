package dev.bailey.netlink.conntrack;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which connections are meant: those that all given conditions hold for.
 *
 * <p>The conditions are about the original direction, so of a published port the host's address and port before NAT.
 *
 * @param source source address of the original direction
 * @param destination destination address of the original direction
 * @param protocol IP protocol number
 * @param destinationPort destination port of the original direction; needs a protocol
 * @param mark value of the mark in the bits of its mask
 * @param zone the zone
 */
public record ConntrackFilter(
        Optional<InetAddress> source,
        Optional<InetAddress> destination,
        OptionalInt protocol,
        OptionalInt destinationPort,
        Optional<Mark> mark,
        OptionalInt zone) {
    /** Every connection. */
    public static final ConntrackFilter ALL = new ConntrackFilter(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.empty());

    /**
     * Some bits of a mark.
     *
     * @param value the bits' values
     * @param mask the bits
     */
    public record Mark(int value, int mask) {}

    /** Checks that the conditions can hold together. */
    public ConntrackFilter {
        if (destinationPort.isPresent() && protocol.isEmpty()) {
            throw new IllegalArgumentException("a port means nothing without a protocol");
        }
        if (source.isPresent()
                && destination.isPresent()
                && source.get().getClass() != destination.get().getClass()) {
            throw new IllegalArgumentException(
                    "addresses " + source.get() + " and " + destination.get() + ": must be of one family");
        }
    }

    /** The same filter for connections from that address. */
    public ConntrackFilter withSource(InetAddress address) {
        return new ConntrackFilter(Optional.of(address), destination, protocol, destinationPort, mark, zone);
    }

    /** The same filter for connections to that address, before NAT. */
    public ConntrackFilter withDestination(InetAddress address) {
        return new ConntrackFilter(source, Optional.of(address), protocol, destinationPort, mark, zone);
    }

    /** The same filter for connections of that protocol. */
    public ConntrackFilter withProtocol(int number) {
        return new ConntrackFilter(source, destination, OptionalInt.of(number), destinationPort, mark, zone);
    }

    /** The same filter for connections of that protocol to that port, before NAT. */
    public ConntrackFilter withDestinationPort(int protocolNumber, int port) {
        return new ConntrackFilter(
                source, destination, OptionalInt.of(protocolNumber), OptionalInt.of(port), mark, zone);
    }

    /** The same filter for connections with that mark in the bits of the mask. */
    public ConntrackFilter withMark(int value, int mask) {
        return new ConntrackFilter(
                source, destination, protocol, destinationPort, Optional.of(new Mark(value, mask)), zone);
    }

    /** The same filter for connections of that zone. */
    public ConntrackFilter withZone(int number) {
        return new ConntrackFilter(source, destination, protocol, destinationPort, mark, OptionalInt.of(number));
    }

    /** Whether all conditions hold for a connection. */
    public boolean matches(TrackedConnection connection) {
        ConnectionTuple original = connection.original();
        boolean port = destinationPort.isEmpty()
                || original.transport() instanceof Transport.Ports ports
                        && ports.destination() == destinationPort.getAsInt();
        return port
                && source.map(original.source()::equals).orElse(true)
                && destination.map(original.destination()::equals).orElse(true)
                && protocol.orElse(original.transport().protocol())
                        == original.transport().protocol()
                && mark.map(m -> (connection.mark() & m.mask()) == m.value()).orElse(true)
                && zone.orElse(connection.zone()) == connection.zone();
    }

    /** An address, which also tells the family. */
    Optional<InetAddress> anyAddress() {
        return destination.or(() -> source);
    }

    /**
     * Whether the kernel may be asked to compare addresses: it takes IPv6 ones that differ for equal and the other way round
     * (as of Linux 6.18).
     */
    boolean kernelComparesAddresses() {
        return anyAddress().filter(Inet4Address.class::isInstance).isPresent();
    }
}
