package dev.bailey.engine.firewall;

import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Optional;

/** A network of each gateway mode, and one that others than the host's neighbours are let into. */
public final class GatewayModes {
    private GatewayModes() {}

    public static List<NetworkPolicy> all() {
        return List.of(
                network("trusting", 1, true, GatewayMode.NAT, Optional.of("192.0.2.7"), "tail0", "eth1"),
                network("open", 2, false, GatewayMode.NAT_UNPROTECTED, Optional.empty()),
                network("routed", 3, true, GatewayMode.ROUTED, Optional.empty()),
                network("routed2", 4, false, GatewayMode.ROUTED, Optional.empty()),
                network("isolated", 5, true, GatewayMode.ISOLATED, Optional.empty()));
    }

    static NetworkPolicy network(
            String name, int number, boolean icc, GatewayMode mode, Optional<String> source, String... trusted) {
        return new NetworkPolicy(
                new InterfaceName(name),
                Subnet.parse("10." + number + ".0.0/24"),
                new NetworkOptions(
                        true,
                        icc,
                        mode == GatewayMode.ISOLATED,
                        mode,
                        NetworkOptions.ALL_ADDRESSES,
                        source.map(Ipv4Address::parse),
                        List.of(trusted).stream().map(InterfaceName::new).toList(),
                        true));
    }
}
