package dev.bailey.engine;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked for of the IPv4 part of a network that is to be made.
 *
 * @param subnet its addresses; empty for the first free block of the pools; with the base 0.0.0.0 for a free one of this
 *     size
 * @param range the part of the subnet that addresses are taken from unless asked for by name; empty for all of it
 * @param gateway the default gateway of its endpoints and the address of the bridge; empty for the first host
 * @param auxiliary addresses of the subnet that no endpoint gets, by a name for each
 * @param bridgeAddressed whether the bridge gets the gateway's address
 */
public record Ipv4Request(
        Optional<Subnet> subnet,
        Optional<Subnet> range,
        Optional<Ipv4Address> gateway,
        Map<String, Ipv4Address> auxiliary,
        boolean bridgeAddressed) {
    /** Asks for any free subnet. */
    public static final Ipv4Request ANY = of(Optional.empty());

    /** Copies the map. */
    public Ipv4Request {
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(gateway, "gateway");
        auxiliary = Map.copyOf(auxiliary);
    }

    /** Asks for a subnet, or for any that is free. */
    public static Ipv4Request of(Optional<Subnet> subnet) {
        return new Ipv4Request(subnet, Optional.empty(), Optional.empty(), Map.of(), true);
    }

    /** The same request with a subnet. */
    Ipv4Request with(Subnet wanted) {
        return new Ipv4Request(Optional.of(wanted), range, gateway, auxiliary, bridgeAddressed);
    }
}
