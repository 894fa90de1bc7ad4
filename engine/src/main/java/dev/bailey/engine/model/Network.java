package dev.bailey.engine.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A group of endpoints that reach each other over one bridge and share a subnet.
 *
 * @param id its id
 * @param name its name, unique among networks; starts with a letter or digit, goes on with those and {@code _.-}
 * @param bridge the name of its bridge on the host
 * @param owner whose the bridge is
 * @param bridgeAddress the bridge's own address, with the prefix length of the subnet
 * @param range where the addresses of its endpoints are taken from unless asked for by name: the subnet or a part of it
 * @param gateway the default gateway of its endpoints, in the subnet; the bridge's own address unless somebody else routes
 * @param mtuBytes the MTU of the bridge and of both ends of every pair on it, 68 to 65535
 * @param options what it lets through
 * @param retired whether it was the default network once and only keeps the endpoints that it has, until the last one goes
 * @param details what else is set of it
 * @param ipv6 its IPv6 part, where it has one
 */
public record Network(
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
        Subnet subnet = bridgeAddress.subnet();
        checkFits("bridge address", bridgeAddress.address(), subnet, name);
        checkFits("gateway", gateway, subnet, name);
        if (!subnet.contains(range)) {
            throw new IllegalArgumentException("range " + range + " of network " + Text.quote(name)
                    + " does not fit: it must lie in its subnet " + subnet);
        }
        Mtu.check(mtuBytes);
        checkAuxiliary(details, subnet, gateway, bridgeAddress.address());
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

    private static void checkAuxiliary(NetworkDetails details, Subnet subnet, Ipv4Address gateway, Ipv4Address bridge) {
        details.auxiliary().forEach((name, address) -> {
            if (!subnet.isHost(address) || address.equals(gateway) || address.equals(bridge)) {
                throw new IllegalArgumentException("auxiliary address " + name + "=" + address
                        + " does not fit: it must be a host of " + subnet + " other than the gateway " + gateway);
            }
        });
    }

    /** A network of IPv4 alone. */
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
                bridgeAddress,
                range,
                gateway,
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

    private static void checkFits(String what, Ipv4Address address, Subnet subnet, String name) {
        if (!subnet.isUnicast(address)) {
            throw new IllegalArgumentException(what + " " + address + " of network " + Text.quote(name)
                    + " does not fit: an address from " + subnet.firstHost() + " to " + subnet.lastHost()
                    + " would");
        }
    }

    /** The addresses of its endpoints and of its bridge. */
    public Subnet subnet() {
        return bridgeAddress.subnet();
    }

    /** Whether endpoints get their default route through it where no other network of theirs is preferred. */
    public boolean givesDefaultRoute() {
        return details.defaultRoute() && !options.internal();
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
        return new Network(
                id, name, bridge, owner, bridgeAddress, range, gateway, mtuBytes, changed, retired, details, ipv6);
    }

    /** The network with this IPv6 part, or with none. */
    public Network with(Optional<NetworkIpv6> changed) {
        return new Network(
                id, name, bridge, owner, bridgeAddress, range, gateway, mtuBytes, options, retired, details, changed);
    }

    /** The network with this MTU in bytes. */
    public Network withMtu(int changed) {
        return new Network(
                id, name, bridge, owner, bridgeAddress, range, gateway, changed, options, retired, details, ipv6);
    }

    /** The network as what it is when another has become the default: under a name of its own. */
    public Network retire() {
        return new Network(
                id,
                "former-" + id.shortForm(),
                bridge,
                owner,
                bridgeAddress,
                range,
                gateway,
                mtuBytes,
                options,
                true,
                details,
                ipv6);
    }
}
