package dev.bailey.engine.model;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A group of endpoints that reach each other over one bridge and share a subnet.
 *
 * @param id its id
 * @param name its name, unique among networks; starts with a letter or digit, goes on with those and {@code _.-}
 * @param bridge the name of its bridge on the host
 * @param subnet the addresses of its endpoints
 * @param gateway the bridge's own address, the default gateway of its endpoints
 * @param mtuBytes the MTU of the bridge and of both ends of every pair on it, 68 to 65535
 * @param options what it lets through
 */
public record Network(
        NetworkId id,
        String name,
        InterfaceName bridge,
        Subnet subnet,
        Ipv4Address gateway,
        int mtuBytes,
        NetworkOptions options) {
    /** The name of the network that endpoints join when none is asked for. */
    public static final String DEFAULT_NAME = "bridge";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    /** Checks the parts and that the gateway fits the subnet. */
    public Network {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(bridge, "bridge");
        Objects.requireNonNull(options, "options");
        if (!NAME.matcher(name).matches()) {
            throw Text.bad(
                    name,
                    "is not a network name: it has 1 to 128 letters, digits, '_', '.' or '-' and starts with a letter"
                            + " or digit");
        }
        if (!subnet.isHost(gateway)) {
            throw new IllegalArgumentException("gateway " + gateway + " of network " + Text.quote(name)
                    + " does not fit: an address from " + subnet.firstHost() + " to " + subnet.lastHost()
                    + " would");
        }
        Mtu.check(mtuBytes);
    }

    /** The gateway with the subnet's prefix length, as the bridge holds it. */
    public InterfaceAddress gatewayAddress() {
        return new InterfaceAddress(gateway, subnet.prefixLength());
    }
}
