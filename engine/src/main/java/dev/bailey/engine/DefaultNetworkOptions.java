package dev.bailey.engine;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is set of the default network when an engine starts.
 *
 * @param bridge which bridge it is on
 * @param range the part of its subnet that addresses are taken from; empty for all of it
 * @param gateway the default gateway of its endpoints; empty for the bridge's own address
 * @param mtuBytes its MTU in bytes; empty for the smallest of the uplinks, and of the bridge where that is the operator's
 * @param options what it lets through
 * @param ipv6 what is set of its IPv6 part; empty for none
 */
public record DefaultNetworkOptions(
        BridgeChoice bridge,
        Optional<Subnet> range,
        Optional<Ipv4Address> gateway,
        OptionalInt mtuBytes,
        NetworkOptions options,
        Optional<DefaultIpv6> ipv6) {
    /** What holds when nobody sets anything. */
    public static final DefaultNetworkOptions DEFAULT = new DefaultNetworkOptions(
            BridgeChoice.DEFAULT, Optional.empty(), Optional.empty(), OptionalInt.empty(), NetworkOptions.DEFAULT);

    /** Checks that nothing is missing. */
    public DefaultNetworkOptions {
        Objects.requireNonNull(bridge, "bridge");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(mtuBytes, "mtuBytes");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(ipv6, "ipv6");
    }

    /** A default network of IPv4 alone. */
    public DefaultNetworkOptions(
            BridgeChoice bridge,
            Optional<Subnet> range,
            Optional<Ipv4Address> gateway,
            OptionalInt mtuBytes,
            NetworkOptions options) {
        this(bridge, range, gateway, mtuBytes, options, Optional.empty());
    }

    /** The same with an IPv6 part, or with none. */
    public DefaultNetworkOptions withIpv6(Optional<DefaultIpv6> wanted) {
        return new DefaultNetworkOptions(bridge, range, gateway, mtuBytes, options, wanted);
    }
}
