package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A group of endpoints that reach each other over one bridge and share a subnet.
 *
 * @param id its id
 * @param name its name, unique among networks; starts with a letter or digit, goes on with those and {@code _.-}
 * @param bridge the name of its bridge on the host
 * @param owner whose the bridge is
 * @param ipv4 its IPv4 part, where it has one
 * @param mtuBytes the MTU of the bridge and of both ends of every pair on it, 68 to 65535
 * @param options what it lets through
 * @param retired whether it was the default network once and only keeps the endpoints that it has, until the last one goes
 * @param details what else is set of it
 * @param ipv6 its IPv6 part, where it has one; it has at least one of the two
 */
public record Network(
        NetworkId id,
        String name,
        InterfaceName bridge,
        BridgeOwner owner,
        Optional<NetworkIpv4> ipv4,
        int mtuBytes,
        NetworkOptions options,
        boolean retired,
        NetworkDetails details,
        Optional<NetworkIpv6> ipv6) {
    /** The name of the network that endpoints join when none is asked for. */
    public static final String DEFAULT_NAME = "bridge";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    /** Checks the parts and that all addresses fit the subnet. */
    public Network {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(bridge, "bridge");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(options, "options");
        if (!NAME.matcher(name).matches()) {
            throw Text.bad(
                    name,
                    "is not a network name: it has 1 to 128 letters, digits, '_', '.' or '-' and starts with a letter"
                            + " or digit");
        }
        Objects.requireNonNull(details, "details");
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            throw new IllegalArgumentException(
                    "network " + Text.quote(name) + " has neither IPv4 nor IPv6: a network needs at least one of them");
        }
        Mtu.check(mtuBytes);
        if (options.hostBinding().family() == IpFamily.IPV6) {
            checkIpv6Binding(options.hostBinding(), ipv6);
        }
        if (ipv4.isEmpty()) {
            checkNothingOfIpv4(options, ipv6.orElseThrow());
        }
        if (!options.internal() && ipv6.filter(part -> !part.bridgeAddressed()).isPresent()) {
            throw new IllegalArgumentException("IPv6 gateway mode " + GatewayMode.ISOLATED
                    + " is for internal networks alone: make the network internal, or choose another mode");
        }
        boolean translated = options.masquerade() && !options.internal();
        if (ipv6.filter(part -> part.sourceAddress().isPresent())
                .filter(part -> !translated || part.isRouted())
                .isPresent()) {
            throw new IllegalArgumentException("an IPv6 address that packets leave with has no effect where they keep"
                    + " their own or do not leave: leave it out, or choose IPv6 gateway mode nat with masquerade");
        }
    }

    private static void checkIpv6Binding(IpAddress address, Optional<NetworkIpv6> ipv6) {
        if (ipv6.isEmpty()) {
            throw new IllegalArgumentException("nothing can be published on " + address
                    + " of a network without IPv6: let it have some, or name an IPv4 address");
        }
        if (ipv6.get().isRouted()) {
            throw new IllegalArgumentException(
                    "ports are published at the containers' own addresses in IPv6 gateway mode"
                            + " routed: leave the host's address " + address + " out");
        }
    }

    /** Taken silently, an option without effect would promise what does not happen. */
    private static void checkNothingOfIpv4(NetworkOptions options, NetworkIpv6 ipv6) {
        String without = " has no effect on a network without IPv4: leave it out";
        if (options.gatewayMode() != GatewayMode.NAT) {
            throw new IllegalArgumentException("IPv4 gateway mode " + options.gatewayMode() + without);
        }
        if (options.hostBinding().family() == IpFamily.IPV4
                && !options.hostBinding().equals(NetworkOptions.ALL_ADDRESSES)) {
            throw new IllegalArgumentException("the host's IPv4 address " + options.hostBinding() + without);
        }
        if (options.sourceAddress().isPresent()) {
            throw new IllegalArgumentException("an IPv4 address that packets leave with" + without);
        }
        if (!options.trustedInterfaces().isEmpty() && ipv6.gatewayMode() != GatewayMode.NAT) {
            throw new IllegalArgumentException(
                    "trusted links have no effect in IPv6 gateway mode " + ipv6.gatewayMode() + ": leave them out");
        }
    }

    /** A network of IPv4 alone whose bridge has its address. */
    public Network(
            NetworkId id,
            String name,
            InterfaceName bridge,
            BridgeOwner owner,
            InterfaceAddress bridgeAddress,
            Subnet range,
            Ipv4Address gateway,
            int mtuBytes,
            NetworkOptions options,
            boolean retired,
            NetworkDetails details) {
        this(
                id,
                name,
                bridge,
                owner,
                Optional.of(new NetworkIpv4(bridgeAddress, range, gateway)),
                mtuBytes,
                options,
                retired,
                details,
                Optional.empty());
    }

    /** A network of IPv4 alone on a bridge of the engine's own, which is the gateway and leases all of its subnet. */
    public Network(
            NetworkId id,
            String name,
            InterfaceName bridge,
            Subnet subnet,
            Ipv4Address gateway,
            int mtuBytes,
            NetworkOptions options) {
        this(
                id,
                name,
                bridge,
                BridgeOwner.ENGINE,
                new InterfaceAddress(gateway, subnet.prefixLength()),
                subnet,
                gateway,
                mtuBytes,
                options,
                false,
                NetworkDetails.NONE);
    }

    /** Its addresses of this family, where it has the family. */
    public Optional<IpSubnet> subnet(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4.map(NetworkIpv4::subnet);
            case IPV6 -> ipv6.map(NetworkIpv6::subnet);
        };
    }

    /** The addresses that its bridge has of it, in the words of a message. */
    public String addressText() {
        return Stream.concat(
                        ipv4.<LinkAddress>map(NetworkIpv4::bridgeAddress).stream(),
                        ipv6.<LinkAddress>map(NetworkIpv6::bridgeAddress).stream())
                .map(LinkAddress::toString)
                .collect(Collectors.joining(" and "));
    }

    /** The hardware address of a bridge of the engine's, as long as the bridge has its address. */
    public MacAddress bridgeHardware() {
        return ipv4.map(part -> MacAddress.derivedFrom(part.bridgeAddress().address()))
                .orElseGet(() -> {
                    NetworkIpv6 part = ipv6.orElseThrow();
                    return part.hardwareOf(part.bridgeAddress().address());
                });
    }

    /** Whether endpoints get their IPv4 default route through it where no other network of theirs is preferred. */
    public boolean givesDefaultRoute() {
        return ipv4.filter(NetworkIpv4::defaultRoute).isPresent() && !options.internal();
    }

    /** Whether endpoints get their IPv6 default route through it where no other network of theirs is preferred. */
    public boolean givesIpv6DefaultRoute() {
        return ipv6.isPresent() && !options.internal();
    }

    /** Whether endpoints join it when none is asked for, or did so once. */
    public boolean isDefault() {
        return name.equals(DEFAULT_NAME) || retired;
    }

    /** The network with these options. */
    public Network with(NetworkOptions changed) {
        return new Network(id, name, bridge, owner, ipv4, mtuBytes, changed, retired, details, ipv6);
    }

    /** The network with this IPv6 part, or with none. */
    public Network with(Optional<NetworkIpv6> changed) {
        return new Network(id, name, bridge, owner, ipv4, mtuBytes, options, retired, details, changed);
    }

    /** The network with this MTU in bytes. */
    public Network withMtu(int changed) {
        return new Network(id, name, bridge, owner, ipv4, changed, options, retired, details, ipv6);
    }

    /** The network as what it is when another has become the default: under a name of its own. */
    public Network retire() {
        return new Network(id, "former-" + id.shortForm(), bridge, owner, ipv4, mtuBytes, options, true, details, ipv6);
    }
}
