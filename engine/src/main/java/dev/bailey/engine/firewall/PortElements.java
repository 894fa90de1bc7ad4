package dev.bailey.engine.firewall;

import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The elements of the maps of ports that published ports are. */
public final class PortElements {
    private PortElements() {}

    /** All elements of some ports; O(their elements). */
    public static Set<PortElement> of(Collection<PublishedPort> ports) {
        Set<PortElement> elements = new LinkedHashSet<>();
        ports.forEach(port -> elements.addAll(PortElement.of(port)));
        return elements;
    }

    /**
     * The elements that ports have, and others have not: what comes or goes with them. Only where trusted links reach them can
     * two ports have one in common, when two ports of the host lead to one of the sandbox.
     *
     * @param ports those that come or go
     * @param others what is published without them; only endpoints of these ports are looked at
     */
    public static Set<PortElement> only(Collection<PublishedPort> ports, PublishedPorts others) {
        Set<PortElement> elements = of(ports);
        ports.stream()
                .filter(PublishedPort::trusted)
                .map(PublishedPort::endpoint)
                .distinct()
                .flatMap(endpoint -> others.of(endpoint).stream())
                .flatMap(other -> PortElement.of(other).stream())
                .forEach(elements::remove);
        return elements;
    }
}
