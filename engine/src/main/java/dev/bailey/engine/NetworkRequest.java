package dev.bailey.engine;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked for when a network is to be made.
 *
 * @param name its name, which no other network has
 * @param bridge the name of its bridge; empty for one made of its id
 * @param subnet its addresses; empty for the first free block of the pools; with the base 0.0.0.0 for a free one of this
 *     size
 * @param range the part of the subnet that addresses are taken from unless asked for by name; empty for all of it
 * @param gateway the default gateway of its endpoints and the address of the bridge; empty for the first host
 * @param auxiliary addresses of the subnet that no endpoint gets, by a name for each
 * @param mtuBytes its MTU in bytes; empty for the smallest of the uplinks
 * @param options what it lets through
 * @param bridgeAddressed whether the bridge gets the gateway's address
 * @param interfacePrefix what the names of its endpoints' interfaces begin with
 * @param labels the operator's own notes
 * @param ipv6 what is asked for of its IPv6 part; empty for a network of IPv4 alone
 */
public record NetworkRequest(
        String name,
        Optional<InterfaceName> bridge,
        Optional<Subnet> subnet,
        Optional<Subnet> range,
        Optional<Ipv4Address> gateway,
        Map<String, Ipv4Address> auxiliary,
        OptionalInt mtuBytes,
        NetworkOptions options,
        boolean bridgeAddressed,
        String interfacePrefix,
        Map<String, String> labels,
        Optional<Ipv6Request> ipv6) {

    /** Copies the maps. */
    public NetworkRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(interfacePrefix, "interfacePrefix");
        auxiliary = Map.copyOf(auxiliary);
        labels = Map.copyOf(labels);
        Objects.requireNonNull(ipv6, "ipv6");
    }

    /** Asks for a network of IPv4 alone. */
    public NetworkRequest(
            String name,
            Optional<InterfaceName> bridge,
            Optional<Subnet> subnet,
            Optional<Subnet> range,
            Optional<Ipv4Address> gateway,
            Map<String, Ipv4Address> auxiliary,
            OptionalInt mtuBytes,
            NetworkOptions options,
            boolean bridgeAddressed,
            String interfacePrefix,
            Map<String, String> labels) {
        this(
                name,
                bridge,
                subnet,
                range,
                gateway,
                auxiliary,
                mtuBytes,
                options,
                bridgeAddressed,
                interfacePrefix,
                labels,
                Optional.empty());
    }

    /** Asks for a network of which nothing but the name is set. */
    public static NetworkRequest of(String name) {
        return new NetworkRequest(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                OptionalInt.empty(),
                NetworkOptions.DEFAULT,
                true,
                NetworkDetails.DEFAULT_PREFIX,
                Map.of());
    }

    /** Returns the same request with a subnet. */
    public NetworkRequest withSubnet(Subnet wanted) {
        return new NetworkRequest(
                name,
                bridge,
                Optional.of(wanted),
                range,
                gateway,
                auxiliary,
                mtuBytes,
                options,
                bridgeAddressed,
                interfacePrefix,
                labels,
                ipv6);
    }

    /** Returns the same request with other options. */
    public NetworkRequest with(NetworkOptions wanted) {
        return new NetworkRequest(
                name,
                bridge,
                subnet,
                range,
                gateway,
                auxiliary,
                mtuBytes,
                wanted,
                bridgeAddressed,
                interfacePrefix,
                labels,
                ipv6);
    }

    /** Returns the same request with an IPv6 part. */
    public NetworkRequest with(Ipv6Request wanted) {
        return new NetworkRequest(
                name,
                bridge,
                subnet,
                range,
                gateway,
                auxiliary,
                mtuBytes,
                options,
                bridgeAddressed,
                interfacePrefix,
                labels,
                Optional.of(wanted));
    }
}
