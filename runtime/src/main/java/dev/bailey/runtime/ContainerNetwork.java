package dev.bailey.runtime;

import dev.bailey.engine.model.Network;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network that a container is on while it runs, and what it asks for there.
 *
 * @param network the network's name
 * @param address the IPv4 address asked for; kept for the container also while it does not run
 * @param mac the MAC address asked for
 * @param aliases further names that others on the network know it by
 * @param gatewayPriority how much the network is preferred for the default route
 * @param lastAddress the address that it had last, which it gets again where that is free
 * @param ipv6Address the IPv6 address asked for; kept for the container also while it does not run
 * @param lastIpv6 the IPv6 address that it had last, which it gets again where that is free
 * @param rateIn what may come to it there in a second, as {@code BitRate} reads it
 * @param rateOut what may leave it there in a second
 * @param egress how its packets leave the host, as {@code Egress} reads it; empty for as the network says
 * @param interfaceName the name of its interface there; empty for the next one with the network's prefix
 * @param settings what that interface is set to, as {@code InterfaceSettings} reads it
 */
@Json
public record ContainerNetwork(
        String network,
        Optional<String> address,
        Optional<String> mac,
        List<String> aliases,
        int gatewayPriority,
        Optional<String> lastAddress,
        Optional<String> ipv6Address,
        Optional<String> lastIpv6,
        Optional<String> rateIn,
        Optional<String> rateOut,
        List<String> egress,
        Optional<String> interfaceName,
        List<String> settings) {
    /** Copies the list. {@link Containers} checks the values. */
    public ContainerNetwork {
        address = orEmpty(address);
        mac = orEmpty(mac);
        aliases = List.copyOf(aliases);
        lastAddress = orEmpty(lastAddress);
        ipv6Address = orEmpty(ipv6Address);
        lastIpv6 = orEmpty(lastIpv6);
        rateIn = orEmpty(rateIn);
        rateOut = orEmpty(rateOut);
        egress = orEmpty(egress);
        interfaceName = orEmpty(interfaceName);
        settings = orEmpty(settings);
    }

    /** A network of which nothing but an address may be asked for. */
    public static ContainerNetwork of(String network, Optional<String> address) {
        return new ContainerNetwork(
                network,
                address,
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of());
    }

    /** The same with the addresses that the container has there now. */
    public ContainerNetwork withLast(SandboxNetwork.Addresses last) {
        return new ContainerNetwork(
                network,
                address,
                mac,
                aliases,
                gatewayPriority,
                last.ipv4().or(() -> lastAddress),
                ipv6Address,
                last.ipv6().or(() -> lastIpv6),
                rateIn,
                rateOut,
                egress,
                interfaceName,
                settings);
    }

    /**
     * The same for somebody whom others are to find by one more name; on the default network, where nobody is found by name,
     * that makes no difference.
     */
    public ContainerNetwork knownAs(String name) {
        if (network.equals(Network.DEFAULT_NAME) || aliases.contains(name)) {
            return this;
        }
        return new ContainerNetwork(
                network,
                address,
                mac,
                Stream.concat(aliases.stream(), Stream.of(name)).toList(),
                gatewayPriority,
                lastAddress,
                ipv6Address,
                lastIpv6,
                rateIn,
                rateOut,
                egress,
                interfaceName,
                settings);
    }

    // A state file leaves out what is absent, and its reader then hands over null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    private static List<String> orEmpty(@Nullable List<String> value) {
        return value == null ? List.of() : List.copyOf(value);
    }
}
