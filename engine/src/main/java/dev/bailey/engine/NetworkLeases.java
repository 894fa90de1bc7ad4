package dev.bailey.engine;

import dev.bailey.engine.ipam.AddressLeases;
import dev.bailey.engine.ipam.IpamException;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.SandboxId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The leases on one network, of addresses of each family that it has. Every operation costs O(1). Confined
 * to the writer.
 */
final class NetworkLeases {
    private final Optional<AddressLeases<Ipv4Address>> ipv4;
    private final Optional<AddressLeases<Ipv6Address>> ipv6;

    /** A network without endpoints. */
    NetworkLeases(Network network) {
        this.ipv4 = network.ipv4().map(NetworkLeases::leases);
        this.ipv6 = network.ipv6().map(NetworkLeases::leases);
    }

    private static AddressLeases<Ipv4Address> leases(NetworkIpv4 part) {
        Map<Ipv4Address, String> reserved = reserved(part.auxiliary());
        reserved.put(part.bridgeAddress().address(), "the bridge");
        reserved.put(part.gateway(), AddressLeases.GATEWAY);
        return AddressLeases.of(part.subnet(), part.range(), reserved);
    }

    private static AddressLeases<Ipv6Address> leases(NetworkIpv6 part) {
        Map<Ipv6Address, String> reserved = reserved(part.auxiliary());
        reserved.put(part.bridgeAddress().address(), "the bridge");
        reserved.put(part.gateway(), AddressLeases.GATEWAY);
        return AddressLeases.of(part.subnet(), part.range(), reserved);
    }

    private static <A> Map<A, String> reserved(Map<String, A> auxiliary) {
        Map<A, String> reserved = new HashMap<>();
        auxiliary.forEach((name, address) -> reserved.put(address, "auxiliary address " + name));
        return reserved;
    }

    Optional<AddressLeases<Ipv4Address>> ipv4() {
        return ipv4;
    }

    Optional<AddressLeases<Ipv6Address>> ipv6() {
        return ipv6;
    }

    /**
     * What an endpoint got.
     *
     * @param ipv4 empty where the network has no IPv4 part
     * @param ipv6 empty where the network has no IPv6 part
     */
    record Leased(Optional<Ipv4Address> ipv4, Optional<Ipv6Address> ipv6) {}

    /**
     * Leases what an endpoint needs: the wanted addresses, or else the preferred ones where they are free, or else the next
     * that are free; all or nothing.
     *
     * @throws IpamException as the leases do
     */
    Leased lease(EndpointId holder, SandboxId sandbox, AttachRequest request) {
        Optional<Ipv4Address> first =
                ipv4.map(of -> lease(of, holder, sandbox, request.address(), request.preferred()));
        try {
            return new Leased(
                    first, ipv6.map(of -> lease(of, holder, sandbox, request.ipv6Address(), request.preferredIpv6())));
        } catch (IpamException refusal) {
            release(new Leased(first, Optional.empty()), holder);
            throw refusal;
        }
    }

    private static <A extends IpAddress> A lease(
            AddressLeases<A> of, EndpointId holder, SandboxId sandbox, Optional<A> wanted, Optional<A> preferred) {
        if (wanted.isPresent()) {
            of.claim(wanted.get(), holder, sandbox);
            return wanted.get();
        }
        return preferred.filter(address -> claims(of, address, holder, sandbox)).orElseGet(() -> of.allocate(holder));
    }

    private static <A extends IpAddress> boolean claims(
            AddressLeases<A> of, A address, EndpointId holder, SandboxId sandbox) {
        try {
            of.claim(address, holder, sandbox);
            return true;
        } catch (IpamException notFree) {
            return false;
        }
    }

    /** Takes the leases of a recovered endpoint, and goes on behind them. */
    void recover(Endpoint endpoint) {
        ipv4.ifPresent(of -> endpoint.ipv4().ifPresent(part -> {
            of.claim(part.address().address(), endpoint.id());
            of.resumeAfter(part.address().address());
        }));
        ipv6.ifPresent(of -> endpoint.ipv6().ifPresent(part -> {
            of.claim(part.address().address(), endpoint.id());
            of.resumeAfter(part.address().address());
        }));
    }

    /** Takes those of an endpoint's leases that are free. */
    void keep(Endpoint endpoint) {
        ipv4.ifPresent(
                of -> endpoint.ipv4().ifPresent(part -> keep(of, part.address().address(), endpoint.id())));
        ipv6.ifPresent(
                of -> endpoint.ipv6().ifPresent(part -> keep(of, part.address().address(), endpoint.id())));
    }

    private static <A extends IpAddress> void keep(AddressLeases<A> of, A address, EndpointId holder) {
        if (of.holder(address).isEmpty()) {
            of.claim(address, holder);
        }
    }

    /** Ends an endpoint's leases. */
    void release(Endpoint endpoint) {
        Optional<Ipv4Address> first = endpoint.ipv4().map(part -> part.address().address());
        Optional<Ipv6Address> second =
                endpoint.ipv6().map(part -> part.address().address());
        release(new Leased(first, second), endpoint.id());
    }

    /** Ends leases; nothing where somebody else has them. */
    void release(Leased leased, EndpointId holder) {
        ipv4.ifPresent(of -> leased.ipv4().ifPresent(address -> release(of, address, holder)));
        ipv6.ifPresent(of -> leased.ipv6().ifPresent(address -> release(of, address, holder)));
    }

    private static <A extends IpAddress> void release(AddressLeases<A> of, A address, EndpointId holder) {
        if (of.holder(address).equals(Optional.of(holder))) {
            of.release(address, holder);
        }
    }

    /** Who holds an address. */
    Optional<EndpointId> holder(IpAddress address) {
        return switch (address) {
            case Ipv4Address one -> ipv4.flatMap(of -> of.holder(one));
            case Ipv6Address one -> ipv6.flatMap(of -> of.holder(one));
        };
    }

    /**
     * Keeps an address for a sandbox, as {@link AddressLeases#keep} does; of a family only where the network has it.
     *
     * @throws IpamException as the leases do
     */
    void keep(IpAddress address, SandboxId sandbox, String name) {
        switch (address) {
            case Ipv4Address one -> ipv4.ifPresent(of -> of.keep(one, sandbox, name));
            case Ipv6Address one -> ipv6.ifPresent(of -> of.keep(one, sandbox, name));
        }
    }

    /** Keeps an address no longer for a sandbox. */
    void giveUp(IpAddress address, SandboxId sandbox) {
        switch (address) {
            case Ipv4Address one -> ipv4.ifPresent(of -> of.giveUp(one, sandbox));
            case Ipv6Address one -> ipv6.ifPresent(of -> of.giveUp(one, sandbox));
        }
    }
}
