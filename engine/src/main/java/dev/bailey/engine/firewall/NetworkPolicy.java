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
 * @param options what it lets through; names of trusted links as that of the bridge
 */
public record NetworkPolicy(InterfaceName bridge, Subnet subnet, NetworkOptions options) {
    /** Checks that nothing is missing. */
    public NetworkPolicy {
        checkName(bridge, "the bridge");
        Objects.requireNonNull(subnet, "subnet");
        options.trustedInterfaces().forEach(link -> checkName(link, "a trusted link"));
    }

    private static void checkName(InterfaceName link, String what) {
        if (link.value().contains("\"") || link.value().contains("*")) {
            throw new IllegalArgumentException(
                    link + " cannot be " + what + " of a network: its name may not contain '\"' or '*'");
        }
    }

    /** The policy of a network of the model. */
    public static NetworkPolicy of(Network network) {
        return new NetworkPolicy(network.bridge(), network.subnet(), network.options());
    }
}
