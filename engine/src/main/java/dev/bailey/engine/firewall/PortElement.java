package dev.bailey.engine.firewall;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An element of a map of ports; {@code toString} gives it in the syntax of nft.
 *
 * @param map whose it is
 * @param senders who is meant; {@link #EVERYBODY} in a map that does not ask
 * @param address the destination's; {@link Ipv4Address#ANY} for all of them, and in a map that does not ask
 * @param protocol the protocol
 * @param ports the destination's ports; a single one in a map without ranges, and where another port is found
 * @param sandboxAddress where the connection goes
 * @param sandboxPort the port that it goes to; the first one of a range, which stays as it is
 */
public record PortElement(
        PortMap map,
        Subnet senders,
        Ipv4Address address,
        TransportProtocol protocol,
        PortRange ports,
        Ipv4Address sandboxAddress,
        int sandboxPort) {
    /** All senders there are. */
    public static final Subnet EVERYBODY = new Subnet(Ipv4Address.ANY, 0);

    /** Checks that it fits the map. */
    public PortElement {
        Objects.requireNonNull(protocol, "protocol");
        boolean single = ports.size() == 1;
        boolean portsFit = switch (map.target()) {
            case SANDBOX_PORT -> single;
            case SANDBOX -> ports.first() == sandboxPort;
            case ACCEPT ->
                ports.first() == sandboxPort && (single || map.isOfRanges()) && address.equals(sandboxAddress);
        };
        boolean keysFit = switch (map.key()) {
            case PORT -> address.equals(Ipv4Address.ANY) && senders.equals(EVERYBODY);
            case ADDRESS_PORT -> !address.equals(Ipv4Address.ANY) && senders.equals(EVERYBODY);
            case SENDER_ADDRESS_PORT -> true;
        };
        if (!portsFit || !keysFit) {
            throw new IllegalArgumentException(
                    "map " + map + " cannot have " + address + ":" + ports + " to " + sandboxPort + " for " + senders);
        }
    }

    /**
     * The elements that a published port is: one for each subnet of senders, unless it is a range whose ports change, or that
     * trusted links reach: then one for each of its ports as well.
     */
    public static List<PortElement> of(PublishedPort port) {
        PortMapping mapping = port.mapping();
        if (mapping.routed()) {
            return opened(port);
        }
        List<PortElement> elements = new ArrayList<>(redirecting(port));
        if (port.trusted()) {
            each(mapping.sandboxPorts())
                    .forEach(single -> elements.add(opened(port, PortMap.OPENED, EVERYBODY, single)));
        }
        return elements;
    }

    private static List<PortElement> opened(PublishedPort port) {
        PortMapping mapping = port.mapping();
        boolean plain = mapping.sources().isAnybody() && mapping.sandboxPorts().size() == 1;
        PortMap map = plain ? PortMap.OPENED : PortMap.OPENED_FROM;
        return senders(mapping)
                .map(sender -> opened(port, map, sender, mapping.sandboxPorts()))
                .toList();
    }

    private static PortElement opened(PublishedPort port, PortMap map, Subnet sender, PortRange ports) {
        Ipv4Address own = port.sandboxAddress();
        return new PortElement(map, sender, own, port.mapping().protocol(), ports, own, ports.first());
    }

    private static List<PortElement> redirecting(PublishedPort port) {
        PortMapping mapping = port.mapping();
        boolean range = mapping.keepsPorts() && mapping.hostPorts().size() > 1;
        PortMap map = redirecting(mapping, range);
        Stream<PortRange> parts = range ? Stream.of(mapping.hostPorts()) : each(mapping.hostPorts());
        return parts.flatMap(hostPorts -> senders(mapping)
                        .map(sender -> new PortElement(
                                map,
                                sender,
                                mapping.hostAddress(),
                                mapping.protocol(),
                                hostPorts,
                                port.sandboxAddress(),
                                mapping.sandboxPort(hostPorts.first()))))
                .toList();
    }

    private static PortMap redirecting(PortMapping mapping, boolean range) {
        if (!mapping.sources().isAnybody()) {
            return range ? PortMap.RANGES_FROM : PortMap.PORTS_FROM;
        }
        return mapping.isOnAnyAddress()
                ? range ? PortMap.RANGES : PortMap.PORTS
                : range ? PortMap.RANGES_AT : PortMap.PORTS_AT;
    }

    private static Stream<Subnet> senders(PortMapping mapping) {
        return mapping.sources().isAnybody() ? Stream.of(EVERYBODY) : mapping.sources().subnets().stream();
    }

    private static Stream<PortRange> each(PortRange ports) {
        return IntStream.rangeClosed(ports.first(), ports.last()).mapToObj(PortRange::of);
    }

    /** The addresses that are looked up: one, or all there are. */
    public Subnet addresses() {
        return new Subnet(address, address.equals(Ipv4Address.ANY) ? 0 : Integer.SIZE);
    }

    @Override
    public String toString() {
        String keys = switch (map.key()) {
            case PORT -> "";
            case ADDRESS_PORT -> address + " . ";
            case SENDER_ADDRESS_PORT -> text(senders) + " . " + text(addresses()) + " . ";
        };
        String data = switch (map.target()) {
            case SANDBOX_PORT -> sandboxAddress + " . " + sandboxPort;
            case SANDBOX -> sandboxAddress.toString();
            case ACCEPT -> new Verdict.Accept().toString();
        };
        return keys + protocol + " . " + ports + " : " + data;
    }

    private static String text(Subnet subnet) {
        return subnet.prefixLength() == Integer.SIZE ? subnet.base().toString() : subnet.toString();
    }
}
