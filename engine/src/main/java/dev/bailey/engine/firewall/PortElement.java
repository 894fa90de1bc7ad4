package dev.bailey.engine.firewall;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
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
 * @param senders who is meant; all of the family in a map that does not ask
 * @param address the destination's; {@link IpAddress#isAny} for all of them, and in a map that does not ask
 * @param protocol the protocol
 * @param ports the destination's ports; a single one in a map without ranges, and where another port is found
 * @param sandboxAddress where the connection goes
 * @param sandboxPort the port that it goes to; the first one of a range, which stays as it is
 */
public record PortElement(
        PortMap map,
        IpSubnet senders,
        IpAddress address,
        TransportProtocol protocol,
        PortRange ports,
        IpAddress sandboxAddress,
        int sandboxPort) {
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
        IpFamily family = map.family();
        boolean everybody = senders.equals(family.all());
        boolean keysFit = switch (map.key()) {
            case PORT -> address.isAny() && everybody;
            case ADDRESS_PORT -> !address.isAny() && everybody;
            case SENDER_ADDRESS_PORT -> true;
        };
        boolean familyFits =
                senders.family() == family && address.family() == family && sandboxAddress.family() == family;
        if (!portsFit || !keysFit || !familyFits) {
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
                    .forEach(single -> elements.add(
                            opened(port, PortMap.OPENED, mapping.family().all(), single)));
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

    private static PortElement opened(PublishedPort port, PortMap map, IpSubnet sender, PortRange ports) {
        IpAddress own = port.sandboxAddress();
        PortMapping mapping = port.mapping();
        return new PortElement(map.of(mapping.family()), sender, own, mapping.protocol(), ports, own, ports.first());
    }

    private static List<PortElement> redirecting(PublishedPort port) {
        PortMapping mapping = port.mapping();
        boolean range = mapping.keepsPorts() && mapping.hostPorts().size() > 1;
        PortMap map = redirecting(mapping, range).of(mapping.family());
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

    private static Stream<IpSubnet> senders(PortMapping mapping) {
        return mapping.sources().isAnybody() ? Stream.of(mapping.family().all()) : mapping.sources().subnets().stream();
    }

    private static Stream<PortRange> each(PortRange ports) {
        return IntStream.rangeClosed(ports.first(), ports.last()).mapToObj(PortRange::of);
    }

    /** The addresses that are looked up: one, or all there are. */
    public IpSubnet addresses() {
        return address.isAny() ? address.family().all() : IpSubnet.of(address);
    }

    @Override
    public String toString() {
        String keys = switch (map.key()) {
            case PORT -> "";
            case ADDRESS_PORT -> address + " . ";
            case SENDER_ADDRESS_PORT ->
                senders.shortForm() + " . " + addresses().shortForm() + " . ";
        };
        String data = switch (map.target()) {
            case SANDBOX_PORT -> sandboxAddress + " . " + sandboxPort;
            case SANDBOX -> sandboxAddress.toString();
            case ACCEPT -> new Verdict.Accept().toString();
        };
        return keys + protocol + " . " + ports + " : " + data;
    }
}
