package dev.bailey.lab;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An Ethernet switch: whoever is plugged in reaches all others without a router.
 *
 * <p>It is a bridge in a namespace of its own, without an address.
 */
public final class LabSwitch {
    private static final String BRIDGE = "switch";

    private final LabHost host;
    private final AtomicInteger nextPort = new AtomicInteger(1);

    LabSwitch(LabHost host) {
        this.host = host;
        Wiring.bridge(host, BRIDGE);
    }

    /** The namespace that the switch is made of. */
    public LabHost host() {
        return host;
    }

    /** Runs a cable from a host to this switch. */
    public LabSwitch plug(LabHost other, String interfaceName) {
        String port = "port" + nextPort.getAndIncrement();
        host.lab().link(host, port, other, interfaceName);
        Wiring.join(host, port, BRIDGE);
        return this;
    }

    /** Runs a cable from a host to this switch and gives the host's end an address, such as {@code 198.51.100.2/24}. */
    public LabSwitch plug(LabHost other, String interfaceName, String address) {
        plug(other, interfaceName);
        other.address(interfaceName, address);
        return this;
    }
}
