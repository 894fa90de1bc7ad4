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
 * @param ipv4 what is asked for of its IPv4 part; empty for a network of IPv6 alone
 * @param mtuBytes its MTU in bytes; empty for the smallest of the uplinks
 * @param options what it lets through
 * @param interfacePrefix what the names of its endpoints' interfaces begin with
 * @param labels the operator's own notes
 * @param ipv6 what is asked for of its IPv6 part; empty for a network of IPv4 alone
 */
public record NetworkRequest(
        String name,
        Optional<InterfaceName> bridge,
        Optional<Ipv4Request> ipv4,
        OptionalInt mtuBytes,
        NetworkOptions options,
        String interfacePrefix,
        Map<String, String> labels,
        Optional<Ipv6Request> ipv6) {

    /** Copies the map. */
    public NetworkRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(interfacePrefix, "interfacePrefix");
        Objects.requireNonNull(ipv4, "ipv4");
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
                Optional.of(new Ipv4Request(subnet, range, gateway, auxiliary, bridgeAddressed)),
                mtuBytes,
                options,
                interfacePrefix,
                labels,
                Optional.empty());
    }

    /** Asks for a network of which nothing but the name is set. */
    public static NetworkRequest of(String name) {
        return new NetworkRequest(
                name,
                Optional.empty(),
                Optional.of(Ipv4Request.ANY),
                OptionalInt.empty(),
                NetworkOptions.DEFAULT,
                NetworkDetails.DEFAULT_PREFIX,
                Map.of(),
                Optional.empty());
    }

    /** Returns the same request with an IPv4 subnet. */
    public NetworkRequest withSubnet(Subnet wanted) {
        return new NetworkRequest(
                name,
                bridge,
                Optional.of(ipv4.orElse(Ipv4Request.ANY).with(wanted)),
                mtuBytes,
                options,
                interfacePrefix,
                labels,
                ipv6);
    }

    /** Returns the same request with other options. */
    public NetworkRequest with(NetworkOptions wanted) {
        return new NetworkRequest(name, bridge, ipv4, mtuBytes, wanted, interfacePrefix, labels, ipv6);
    }

    /** Returns the same request with an IPv6 part. */
    public NetworkRequest with(Ipv6Request wanted) {
        return new NetworkRequest(name, bridge, ipv4, mtuBytes, options, interfacePrefix, labels, Optional.of(wanted));
    }

    /** Returns the same request without an IPv4 part. */
    public NetworkRequest withoutIpv4() {
        return new NetworkRequest(name, bridge, Optional.empty(), mtuBytes, options, interfacePrefix, labels, ipv6);
    }
}
