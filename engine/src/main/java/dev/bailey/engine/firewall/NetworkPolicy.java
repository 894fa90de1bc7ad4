package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.Objects;
import java.util.Optional;

/**
 * What the firewall needs to know of one network.
 *
 * @param bridge its bridge, without {@code "} and {@code *}: nft has no way to write the first, and takes the second for
 *     any name with that beginning
 * @param subnet its IPv4 addresses, where it has any
 * @param options what it lets through; names of trusted links as that of the bridge
 * @param ipv6 its IPv6 part, where it has one
 */
public record NetworkPolicy(
        InterfaceName bridge, Optional<Subnet> subnet, NetworkOptions options, Optional<NetworkIpv6> ipv6) {
    /** Checks that nothing is missing. */
    public NetworkPolicy {
        checkName(bridge, "the bridge");
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(ipv6, "ipv6");
        options.trustedInterfaces().forEach(link -> checkName(link, "a trusted link"));
    }

    /** The policy of a network of IPv4 alone. */
    public NetworkPolicy(InterfaceName bridge, Subnet subnet, NetworkOptions options) {
        this(bridge, Optional.of(subnet), options, Optional.empty());
    }

    private static void checkName(InterfaceName link, String what) {
        if (link.value().contains("\"") || link.value().contains("*")) {
            throw new IllegalArgumentException(
                    link + " cannot be " + what + " of a network: its name may not contain '\"' or '*'");
        }
    }

    /** Whether IPv4 packets leave the host with an address of the host's. */
    boolean leavesWithHostAddress() {
        return subnet.isPresent() && options.leavesWithHostAddress();
    }

    /** The policy of a network of the model. */
    public static NetworkPolicy of(Network network) {
        return new NetworkPolicy(
                network.bridge(), network.ipv4().map(NetworkIpv4::subnet), network.options(), network.ipv6());
    }
}
