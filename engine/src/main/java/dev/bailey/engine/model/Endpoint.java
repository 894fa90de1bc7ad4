package dev.bailey.engine.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What joins one sandbox to one network: a veth pair with one end on the network's bridge and the other in the
 * sandbox, and the addresses leased for it.
 *
 * @param id its id
 * @param network the network it is on
 * @param sandbox the sandbox it belongs to
 * @param interfaceName the name of the sandbox end, inside the sandbox
 * @param hostEnd the name of the host end, a port of the bridge
 * @param ipv4 its IPv4 part, where its network has one
 * @param mac the MAC address of the sandbox end
 * @param mtuBytes the MTU of both ends, 68 to 65535
 * @param aliases further names that others on the network know the sandbox by, each once, in the order they were given
 * @param gatewayPriority how much this endpoint is preferred for the sandbox's default route; the highest one of a sandbox
 *     has it
 * @param ipv6 its IPv6 part, where its network has one; it has at least one of the two
 * @param limits how fast it may be
 * @param egress how its packets leave the host, where that is not as its network says
 * @param settings what its sandbox end is set to beside what every one is
 */
public record Endpoint(
        EndpointId id,
        NetworkId network,
        SandboxId sandbox,
        InterfaceName interfaceName,
        InterfaceName hostEnd,
        Optional<EndpointIpv4> ipv4,
        MacAddress mac,
        int mtuBytes,
        List<String> aliases,
        int gatewayPriority,
        Optional<EndpointIpv6> ipv6,
        RateLimits limits,
        Egress egress,
        InterfaceSettings settings) {
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,252}");

    /** Checks the parts and that there is an address. */
    public Endpoint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(sandbox, "sandbox");
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(hostEnd, "hostEnd");
        Objects.requireNonNull(ipv6, "ipv6");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(egress, "egress");
        Objects.requireNonNull(settings, "settings");
        if (ipv4.isEmpty() && ipv6.isEmpty()) {
            throw new IllegalArgumentException("endpoint " + hostEnd + " has no address: it needs one at least");
        }
        if (mac.isMulticast()) {
            throw new IllegalArgumentException(mac + " is not an interface's MAC address: it names a group");
        }
        Mtu.check(mtuBytes);
        aliases = List.copyOf(aliases);
        checkAliases(aliases);
    }

    /** An endpoint with IPv4 that may be as fast as it can. */
    public Endpoint(
            EndpointId id,
            NetworkId network,
            SandboxId sandbox,
            InterfaceName interfaceName,
            InterfaceName hostEnd,
            InterfaceAddress address,
            Ipv4Address gateway,
            MacAddress mac,
            int mtuBytes,
            List<String> aliases,
            int gatewayPriority,
            Optional<EndpointIpv6> ipv6) {
        this(
                id,
                network,
                sandbox,
                interfaceName,
                hostEnd,
                Optional.of(new EndpointIpv4(address, gateway)),
                mac,
                mtuBytes,
                aliases,
                gatewayPriority,
                ipv6,
                RateLimits.NONE,
                Egress.NONE,
                InterfaceSettings.NONE);
    }

    /** The addresses that are leased for it, that of IPv4 first. */
    public List<LinkAddress> addresses() {
        return Stream.of(IpFamily.values())
                .flatMap(family -> address(family).stream())
                .toList();
    }

    /** The address of this family that is leased for it, where its network has the family. */
    public Optional<LinkAddress> address(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4.map(EndpointIpv4::address);
            case IPV6 -> ipv6.map(EndpointIpv6::address);
        };
    }

    /** The sandbox's default gateway of this family through it, where its network has the family. */
    public Optional<IpAddress> gateway(IpFamily family) {
        return switch (family) {
            case IPV4 -> ipv4.map(EndpointIpv4::gateway);
            case IPV6 -> ipv6.map(EndpointIpv6::gateway);
        };
    }

    /** Whether it has an address of this family. */
    public boolean has(IpFamily family) {
        return address(family).isPresent();
    }

    /** Its addresses in the words of a message. */
    public String addressText() {
        return addresses().stream().map(LinkAddress::toString).collect(Collectors.joining(" and "));
    }

    /** The endpoint with packets that leave like this. */
    public Endpoint with(Egress changed) {
        return new Endpoint(
                id,
                network,
                sandbox,
                interfaceName,
                hostEnd,
                ipv4,
                mac,
                mtuBytes,
                aliases,
                gatewayPriority,
                ipv6,
                limits,
                changed,
                settings);
    }

    /** The endpoint with these limits. */
    public Endpoint with(RateLimits changed) {
        return new Endpoint(
                id,
                network,
                sandbox,
                interfaceName,
                hostEnd,
                ipv4,
                mac,
                mtuBytes,
                aliases,
                gatewayPriority,
                ipv6,
                changed,
                egress,
                settings);
    }

    /** An endpoint of IPv4 alone. */
    public Endpoint(
            EndpointId id,
            NetworkId network,
            SandboxId sandbox,
            InterfaceName interfaceName,
            InterfaceName hostEnd,
            InterfaceAddress address,
            Ipv4Address gateway,
            MacAddress mac,
            int mtuBytes,
            List<String> aliases,
            int gatewayPriority) {
        this(
                id,
                network,
                sandbox,
                interfaceName,
                hostEnd,
                address,
                gateway,
                mac,
                mtuBytes,
                aliases,
                gatewayPriority,
                Optional.empty());
    }

    /** An endpoint of IPv4 alone without aliases that is preferred no more than others are. */
    public Endpoint(
            EndpointId id,
            NetworkId network,
            SandboxId sandbox,
            InterfaceName interfaceName,
            InterfaceName hostEnd,
            InterfaceAddress address,
            Ipv4Address gateway,
            MacAddress mac,
            int mtuBytes) {
        this(id, network, sandbox, interfaceName, hostEnd, address, gateway, mac, mtuBytes, List.of(), 0);
    }

    /**
     * Checks the form of an alias.
     *
     * @throws IllegalArgumentException saying what one is like
     */
    public static void checkAlias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw Text.bad(
                    alias,
                    "is not an alias: it has 1 to 253 letters, digits, '_', '.' or '-' and starts with a letter, digit"
                            + " or '_'");
        }
    }

    private static void checkAliases(List<String> aliases) {
        aliases.forEach(Endpoint::checkAlias);
        if (new HashSet<>(aliases).size() != aliases.size()) {
            throw new IllegalArgumentException("an alias is given twice: " + String.join(", ", aliases));
        }
    }
}
