package dev.bailey.engine;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.Optional;

/** The hardware addresses of endpoints: each once on its network. */
final class HardwareAddresses {
    private HardwareAddresses() {}

    /** That of an endpoint which asks for none: it belongs to its address. */
    static MacAddress of(Network network, NetworkLeases.Leased leased) {
        return leased.ipv4()
                .map(MacAddress::derivedFrom)
                .orElseGet(() ->
                        network.ipv6().orElseThrow().hardwareOf(leased.ipv6().orElseThrow()));
    }

    /**
     * What belongs to an address is left to whoever has that. O(the network's endpoints), for who asks for one by name, or for
     * an IPv6 address that it is made of: two that are far from those that are given out may have the same.
     */
    static void check(AttachRequest request, Network network, Snapshot model) {
        Optional<MacAddress> ofIpv6 = network.ipv4().isPresent()
                ? Optional.empty()
                : network.ipv6().flatMap(part -> request.ipv6Address().map(part::hardwareOf));
        request.mac().ifPresent(mac -> {
            if (network.ipv4().isPresent()) {
                refuseOthers(mac, request.address());
            } else if (mac.isDerivedFromIpv6() && !ofIpv6.equals(request.mac())) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        mac + " may belong to an IPv6 address of network " + network.name()
                                + ": ask for a MAC address that begins with neither 02:b6 nor 02:b7");
            }
        });
        request.mac()
                .or(() -> ofIpv6.filter(_ -> isFree(request.ipv6Address().orElseThrow(), network, model)))
                .ifPresent(mac -> refuseTaken(mac, network, model));
    }

    /** Where an address is held, that is what is wrong, and who leases addresses says so. */
    private static boolean isFree(Ipv6Address address, Network network, Snapshot model) {
        boolean ofTheBridge = network.ipv6()
                .filter(part -> part.bridgeAddress().address().equals(address))
                .isPresent();
        return !ofTheBridge && model.endpointAt(network.id(), address).isEmpty();
    }

    private static void refuseOthers(MacAddress mac, Optional<Ipv4Address> address) {
        Ipv4Address belongsTo = new Ipv4Address((int) mac.bits());
        if (mac.equals(MacAddress.derivedFrom(belongsTo)) && !address.equals(Optional.of(belongsTo))) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    mac + " belongs to the address " + belongsTo + ": ask for that, or for a MAC address that does not"
                            + " begin with 02:ba");
        }
    }

    private static void refuseTaken(MacAddress mac, Network network, Snapshot model) {
        if (mac.equals(network.bridgeHardware())) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    mac + " is that of the bridge of network " + network.name() + ": choose another");
        }
        for (Endpoint other : model.endpointsOn(network.id())) {
            if (other.mac().equals(mac)) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        mac + " is taken on network " + network.name() + " by "
                                + model.sandbox(other.sandbox())
                                        .map(Sandbox::name)
                                        .orElse(other.id().shortForm()) + ": choose another");
            }
        }
    }
}
