package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.Objects;

/**
 * What the firewall needs to know of one network.
 *
 * @param bridge its bridge, without {@code "} and {@code *}: nft has no way to write the first, and takes the second for
 *     any name with that beginning
 * @param subnet its addresses
 * @param options what it lets through
 */
public record NetworkPolicy(InterfaceName bridge, Subnet subnet, NetworkOptions options) {
    /** Checks that nothing is missing. */
    public NetworkPolicy {
        if (bridge.value().contains("\"") || bridge.value().contains("*")) {
            throw new IllegalArgumentException(
                    bridge + " cannot be the bridge of a network: its name may not contain '\"' or '*'");
        }
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(options, "options");
    }

    /** The policy of a network of the model. */
    public static NetworkPolicy of(Network network) {
        return new NetworkPolicy(network.bridge(), network.subnet(), network.options());
    }
}
