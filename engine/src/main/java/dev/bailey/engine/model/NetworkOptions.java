package dev.bailey.engine.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a network lets through, apart from what its endpoints publish: all that the firewall has to know of it beside its
 * bridge and its subnet.
 *
 * @param masquerade whether packets leave the host with the host's address, where the gateway mode translates at all
 * @param icc whether its endpoints reach each other (inter-container communication)
 * @param internal whether it is cut off from everything outside it: no way out, no way in
 * @param gatewayMode how packets pass between it and what is outside; isolated is for internal networks alone
 * @param hostBinding the address of the host that ports are published on when none is asked for; 0.0.0.0 for all, and one of
 *     IPv6 for that one alone
 * @param sourceAddress the address of the host that packets leave with instead of the uplink's, where they leave with one
 *     of the host's; whether the host has it at the moment does not matter
 * @param trustedInterfaces links of the host from where published ports are reached at the endpoints' own addresses too; of
 *     use in gateway mode nat
 * @param guarded whether what its endpoints send passes only with their own addresses
 * @param way which way out of the host IPv4 packets take; empty for the one that its routes give to everybody
 * @param sourcePorts which ports packets leave with, where they leave with an address of the host's
 */
public record NetworkOptions(
        boolean masquerade,
        boolean icc,
        boolean internal,
        GatewayMode gatewayMode,
        IpAddress hostBinding,
        Optional<Ipv4Address> sourceAddress,
        List<InterfaceName> trustedInterfaces,
        boolean guarded,
        Optional<EgressWay> way,
        SourcePorts sourcePorts) {
    /** What ports are published on when nobody says: all addresses of the host. */
    public static final Ipv4Address ALL_ADDRESSES = new Ipv4Address(0);

    /** What a network has when nobody asks for anything else: masquerade, endpoints that reach each other, a way out. */
    public static final NetworkOptions DEFAULT = new NetworkOptions(true, true, false);

    /** Checks that they fit each other. */
    public NetworkOptions {
        PortMapping.checkHostAddress(hostBinding);
        Objects.requireNonNull(sourcePorts, "sourcePorts");
        trustedInterfaces = List.copyOf(trustedInterfaces);
        if (gatewayMode == GatewayMode.ISOLATED && !internal) {
            throw new IllegalArgumentException("gateway mode " + gatewayMode
                    + " is for internal networks alone: make the network internal, or choose another mode");
        }
        sourceAddress.ifPresent(NetworkOptions::checkSourceAddress);
        boolean translated = masquerade && !internal && gatewayMode != GatewayMode.ROUTED;
        require(
                translated || sourceAddress.isEmpty(),
                "an address that packets leave with has no effect where they keep their own or do not leave: leave it out,"
                        + " or choose gateway mode nat with masquerade");
        require(
                masquerade && !internal || sourcePorts == SourcePorts.KEPT,
                "ports are not chosen where packets keep their own address or do not leave: leave that out");
        require(
                gatewayMode == GatewayMode.NAT && !internal || trustedInterfaces.isEmpty(),
                "trusted links have no effect "
                        + (internal ? "on an internal network" : "in gateway mode " + gatewayMode)
                        + ": leave them out");
        require(
                gatewayMode != GatewayMode.ROUTED || hostBinding.equals(ALL_ADDRESSES),
                "ports are published at the containers' own addresses in gateway mode routed: leave the host's address "
                        + hostBinding + " out");
        require(way.isEmpty() || !internal, "packets do not leave an internal network, whatever the way: name none");
    }

    static void checkSourceAddress(Ipv4Address address) {
        if (address.isMulticast() || address.isLoopback() || address.equals(ALL_ADDRESSES)) {
            throw new IllegalArgumentException(
                    address + " cannot be the address that packets leave with: name one of this host's");
        }
    }

    /** Taken silently, an option without effect would promise what does not happen. */
    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Options that let packets leave as everybody's do. */
    public NetworkOptions(
            boolean masquerade,
            boolean icc,
            boolean internal,
            GatewayMode gatewayMode,
            IpAddress hostBinding,
            Optional<Ipv4Address> sourceAddress,
            List<InterfaceName> trustedInterfaces,
            boolean guarded) {
        this(
                masquerade,
                icc,
                internal,
                gatewayMode,
                hostBinding,
                sourceAddress,
                trustedInterfaces,
                guarded,
                Optional.empty(),
                SourcePorts.KEPT);
    }

    /** The options with the endpoints guarded or not. */
    public NetworkOptions withGuarded(boolean changed) {
        return with(changed, way, sourcePorts);
    }

    /** The options with packets that take this way. */
    public NetworkOptions with(Optional<EgressWay> changed) {
        return with(guarded, changed, sourcePorts);
    }

    /** The options with packets that leave with such ports. */
    public NetworkOptions with(SourcePorts changed) {
        return with(guarded, way, changed);
    }

    private NetworkOptions with(boolean guards, Optional<EgressWay> leavesBy, SourcePorts leavesWith) {
        return new NetworkOptions(
                masquerade,
                icc,
                internal,
                gatewayMode,
                hostBinding,
                sourceAddress,
                trustedInterfaces,
                guards,
                leavesBy,
                leavesWith);
    }

    /** Options of gateway mode nat, guarded, that say nothing of addresses and links of the host. */
    public NetworkOptions(boolean masquerade, boolean icc, boolean internal) {
        this(masquerade, icc, internal, GatewayMode.NAT, ALL_ADDRESSES, Optional.empty(), List.of(), true);
    }

    /** Whether packets leave the host with an address of the host's. */
    public boolean leavesWithHostAddress() {
        return masquerade && !internal && gatewayMode != GatewayMode.ROUTED;
    }

    /** Whether published ports are open at the endpoints' own addresses, and at no address of the host's. */
    public boolean isRouted() {
        return gatewayMode == GatewayMode.ROUTED && !internal;
    }
}
