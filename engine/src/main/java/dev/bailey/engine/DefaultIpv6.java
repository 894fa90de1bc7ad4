package dev.bailey.engine;

import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import java.util.Objects;
import java.util.Optional;

/**
 * What is set of the default network's IPv6 part.
 *
 * @param bridgeAddress the bridge's address; empty for the first host of the range, or else what is there, or else that of a
 *     free subnet of the pools
 * @param range where addresses are taken from, and the subnet itself where no bridge address is set; empty for all of it
 * @param gateway the IPv6 default gateway of its endpoints; empty for the bridge's own address
 */
public record DefaultIpv6(
        Optional<Ipv6InterfaceAddress> bridgeAddress, Optional<Ipv6Subnet> range, Optional<Ipv6Address> gateway) {
    /** IPv6 of which nothing else is set. */
    public static final DefaultIpv6 ANY = new DefaultIpv6(Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks that nothing is missing. */
    public DefaultIpv6 {
        Objects.requireNonNull(bridgeAddress, "bridgeAddress");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(gateway, "gateway");
    }
}
