package dev.bailey.engine.firewall;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An element of a map of ports; {@code toString} gives it in the syntax of nft.
 *
 * @param map whose it is
 * @param hostAddress the host's address; {@link Ipv4Address#ANY} in a map for all of them
 * @param protocol the protocol
 * @param hostPorts the host's ports; a single one in a map without ranges
 * @param sandboxAddress where the connection goes
 * @param sandboxPort the port that it goes to; the first one of a range, which stays as it is
 */
public record PortElement(
        PortMap map,
        Ipv4Address hostAddress,
        TransportProtocol protocol,
        PortRange hostPorts,
        Ipv4Address sandboxAddress,
        int sandboxPort) {
    /** Checks that it fits the map. */
    public PortElement {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(sandboxAddress, "sandboxAddress");
        boolean fits = map.isOfOneAddress() != hostAddress.equals(Ipv4Address.ANY)
                && (map.isOfRanges() ? hostPorts.first() == sandboxPort : hostPorts.size() == 1);
        if (!fits) {
            throw new IllegalArgumentException(
                    "map " + map + " cannot have " + hostAddress + ":" + hostPorts + " to " + sandboxPort);
        }
    }

    /** The elements that a published port is: one, unless it is a range whose ports change, which is one for each of them. */
    public static List<PortElement> of(PublishedPort port) {
        PortMapping mapping = port.mapping();
        boolean range = mapping.keepsPorts() && mapping.hostPorts().size() > 1;
        PortMap map = mapping.isOnAnyAddress()
                ? range ? PortMap.RANGES : PortMap.PORTS
                : range ? PortMap.RANGES_AT : PortMap.PORTS_AT;
        if (range) {
            return List.of(of(port, map, mapping.hostPorts()));
        }
        return IntStream.rangeClosed(
                        mapping.hostPorts().first(), mapping.hostPorts().last())
                .mapToObj(hostPort -> of(port, map, PortRange.of(hostPort)))
                .toList();
    }

    private static PortElement of(PublishedPort port, PortMap map, PortRange hostPorts) {
        PortMapping mapping = port.mapping();
        return new PortElement(
                map,
                mapping.hostAddress(),
                mapping.protocol(),
                hostPorts,
                port.sandboxAddress(),
                mapping.sandboxPort(hostPorts.first()));
    }

    @Override
    public String toString() {
        return (map.isOfOneAddress() ? hostAddress + " . " : "") + protocol + " . " + hostPorts + " : " + sandboxAddress
                + (map.isOfRanges() ? "" : " . " + sandboxPort);
    }
}
