package dev.bailey.engine;

import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked for of the IPv6 part of a network that is to be made.
 *
 * @param subnet its addresses; empty for the first free block of the pools; with the base :: for a free one of this size
 * @param range the part of the subnet that addresses are taken from unless asked for by name; empty for all of it
 * @param gateway the IPv6 default gateway of its endpoints and the address of the bridge; empty for the first host
 * @param auxiliary addresses of the subnet that no endpoint gets, by a name for each
 * @param gatewayMode how IPv6 packets pass between it and what is outside
 * @param sourceAddress the address of the host that IPv6 packets leave with instead of the uplink's
 */
public record Ipv6Request(
        Optional<Ipv6Subnet> subnet,
        Optional<Ipv6Subnet> range,
        Optional<Ipv6Address> gateway,
        Map<String, Ipv6Address> auxiliary,
        GatewayMode gatewayMode,
        Optional<Ipv6Address> sourceAddress) {
    /** Asks for any free subnet. */
    public static final Ipv6Request ANY = of(Optional.empty());

    /** Copies the map. */
    public Ipv6Request {
        Objects.requireNonNull(gatewayMode, "gatewayMode");
        auxiliary = Map.copyOf(auxiliary);
    }

    /** Asks for a subnet, or for any that is free. */
    public static Ipv6Request of(Optional<Ipv6Subnet> subnet) {
        return new Ipv6Request(subnet, Optional.empty(), Optional.empty(), Map.of(), GatewayMode.NAT, Optional.empty());
    }
}
