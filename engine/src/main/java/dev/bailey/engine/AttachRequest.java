package dev.bailey.engine;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.RateLimits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked for when a sandbox is to join a network.
 *
 * @param target the sandbox
 * @param network the network's name, {@value Network#DEFAULT_NAME} for the default one
 * @param address the address it must have, or empty for any that is free
 * @param preferred the address it gets where that is free and none is asked for, such as the one it had before
 * @param interfaceName the name of its end inside the sandbox; empty for the network's prefix and the first free number
 * @param mac the MAC address of that end; empty for the one that belongs to its address
 * @param aliases further names that others on the network know the sandbox by; only on user-defined networks
 * @param gatewayPriority how much the network is preferred for the sandbox's default route
 * @param ports what is to be published of it
 * @param ipv6Address the IPv6 address it must have, or empty for any that is free where the network has IPv6
 * @param preferredIpv6 the IPv6 address it gets where that is free and none is asked for
 * @param limits how fast the endpoint may be
 * @param egress how its packets are to leave the host, where that is not as the network says
 * @param settings what its end inside the sandbox is to be set to, beside what every one is
 */
public record AttachRequest(
        SandboxTarget target,
        String network,
        Optional<Ipv4Address> address,
        Optional<Ipv4Address> preferred,
        Optional<InterfaceName> interfaceName,
        Optional<MacAddress> mac,
        List<String> aliases,
        int gatewayPriority,
        List<PortRequest> ports,
        Optional<Ipv6Address> ipv6Address,
        Optional<Ipv6Address> preferredIpv6,
        RateLimits limits,
        Egress egress,
        InterfaceSettings settings) {

    /** The name of the first interface of a sandbox when none is asked for and its network has no other prefix. */
    public static final InterfaceName DEFAULT_INTERFACE = new InterfaceName("eth0");

    /** Checks that nothing is missing. */
    public AttachRequest {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(preferred, "preferred");
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(mac, "mac");
        aliases = List.copyOf(aliases);
        ports = List.copyOf(ports);
        Objects.requireNonNull(ipv6Address, "ipv6Address");
        Objects.requireNonNull(preferredIpv6, "preferredIpv6");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(egress, "egress");
        Objects.requireNonNull(settings, "settings");
    }

    /** Asks for any IPv6 address where the network has IPv6, for no limits and for no way out of its own. */
    public AttachRequest(
            SandboxTarget target,
            String network,
            Optional<Ipv4Address> address,
            Optional<Ipv4Address> preferred,
            Optional<InterfaceName> interfaceName,
            Optional<MacAddress> mac,
            List<String> aliases,
            int gatewayPriority,
            List<PortRequest> ports) {
        this(
                target,
                network,
                address,
                preferred,
                interfaceName,
                mac,
                aliases,
                gatewayPriority,
                ports,
                Optional.empty(),
                Optional.empty(),
                RateLimits.NONE,
                Egress.NONE,
                InterfaceSettings.NONE);
    }

    /** The same request with limits. */
    public AttachRequest withLimits(RateLimits wanted) {
        return new AttachRequest(
                target,
                network,
                address,
                preferred,
                interfaceName,
                mac,
                aliases,
                gatewayPriority,
                ports,
                ipv6Address,
                preferredIpv6,
                wanted,
                egress,
                settings);
    }

    /** The same request with packets that leave the host like this. */
    public AttachRequest withEgress(Egress wanted) {
        return new AttachRequest(
                target,
                network,
                address,
                preferred,
                interfaceName,
                mac,
                aliases,
                gatewayPriority,
                ports,
                ipv6Address,
                preferredIpv6,
                limits,
                wanted,
                settings);
    }

    /** Asks for a certain interface name, and for nothing of what several networks need. */
    public AttachRequest(
            SandboxTarget target, String network, Optional<Ipv4Address> address, InterfaceName interfaceName) {
        this(
                target,
                network,
                address,
                Optional.empty(),
                Optional.of(interfaceName),
                Optional.empty(),
                List.of(),
                0,
                List.of());
    }

    /** The same request with these ports to publish. */
    public AttachRequest withPorts(List<PortRequest> wanted) {
        return new AttachRequest(
                target,
                network,
                address,
                preferred,
                interfaceName,
                mac,
                aliases,
                gatewayPriority,
                wanted,
                ipv6Address,
                preferredIpv6,
                limits,
                egress,
                settings);
    }

    /** The same request with IPv6 addresses: the one it must have, and the one it gets where that is free. */
    public AttachRequest withIpv6(Optional<Ipv6Address> wanted, Optional<Ipv6Address> preferring) {
        return new AttachRequest(
                target,
                network,
                address,
                preferred,
                interfaceName,
                mac,
                aliases,
                gatewayPriority,
                ports,
                wanted,
                preferring,
                limits,
                egress,
                settings);
    }

    /** Asks for any address on the default network, with the default interface name. */
    public static AttachRequest of(SandboxTarget target) {
        return new AttachRequest(target, Network.DEFAULT_NAME, Optional.empty(), DEFAULT_INTERFACE);
    }

    /** Asks for any address on a network, with the first free interface name. */
    public static AttachRequest of(SandboxTarget target, String network) {
        return new AttachRequest(
                target,
                network,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                List.of());
    }
}
