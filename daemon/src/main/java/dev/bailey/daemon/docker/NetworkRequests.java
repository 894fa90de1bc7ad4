package dev.bailey.daemon.docker;

import dev.bailey.api.network.CreateNetworkRequest;
import dev.bailey.api.network.EndpointIpamConfig;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.api.network.IpamConfig;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.Ipv4Request;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Subnet;
import dev.bailey.runtime.ContainerNetwork;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Docker's requests about networks as those of the engine and of the runtime. */
final class NetworkRequests {
    private static final int NOT_IMPLEMENTED = 501;

    private NetworkRequests() {}

    /**
     * The network that is asked for.
     *
     * @throws HttpFailure 400 when something is wrong with it, 501 when it is something that there is not
     */
    static NetworkRequest network(CreateNetworkRequest request) {
        refuseUnsupported(request);
        boolean ipv6 = Boolean.TRUE.equals(request.enableIpv6());
        boolean ipv4 = !Boolean.FALSE.equals(request.enableIpv4());
        NetworkSubnets subnets = NetworkSubnets.of(request.ipam(), ipv4, ipv6);
        DriverOptions options = new DriverOptions(request.options());
        return new NetworkRequest(
                request.name(),
                options.bridge(),
                ipv4 ? Optional.of(ipv4(subnets.ipv4(), options)) : options.withoutIpv4(),
                options.mtuBytes(),
                options.options(request.internal()),
                options.interfacePrefix(),
                request.labels(),
                ipv6 ? Optional.of(ipv6(subnets.ipv6(), options)) : options.withoutIpv6());
    }

    private static Ipv4Request ipv4(IpamConfig addresses, DriverOptions options) {
        return new Ipv4Request(
                NetworkSubnets.read("subnet", addresses.subnet(), Subnet::parse),
                NetworkSubnets.read("IP range", addresses.ipRange(), Subnet::parse),
                NetworkSubnets.read("gateway", addresses.gateway(), Ipv4Address::parse),
                NetworkSubnets.auxiliary(addresses, Ipv4Address::parse),
                !options.inhibited());
    }

    private static Ipv6Request ipv6(IpamConfig addresses, DriverOptions options) {
        return new Ipv6Request(
                NetworkSubnets.read("subnet", addresses.subnet(), Ipv6Subnet::parse),
                NetworkSubnets.read("IP range", addresses.ipRange(), Ipv6Subnet::parse),
                NetworkSubnets.read("gateway", addresses.gateway(), Ipv6Address::parse),
                NetworkSubnets.auxiliary(addresses, Ipv6Address::parse),
                options.ipv6GatewayMode(),
                options.ipv6SourceAddress());
    }

    private static void refuseUnsupported(CreateNetworkRequest request) {
        if (request.name().isEmpty()) {
            throw HttpFailure.badRequest("a network needs a name");
        }
        if (!List.of("", "bridge").contains(request.driver())) {
            throw unsupported("driver " + request.driver() + " is not supported: bridge is");
        }
        if (!List.of("", "local").contains(request.scope())
                || request.ingress()
                || request.configOnly()
                || request.configFrom() != null
                        && !request.configFrom().network().isEmpty()) {
            throw unsupported("networks of a swarm, and those that only hold a configuration, are not supported: leave"
                    + " Scope, Ingress, ConfigOnly and ConfigFrom out");
        }
        if (Boolean.FALSE.equals(request.enableIpv4()) && !Boolean.TRUE.equals(request.enableIpv6())) {
            throw HttpFailure.badRequest("network " + request.name()
                    + " has neither IPv4 nor IPv6: enable at least one of them, IPv6 with --ipv6 (EnableIPv6)");
        }
    }

    /**
     * What a container asks for on a network.
     *
     * @param network the network's name
     * @param settings what is asked for; absent for nothing
     */
    static ContainerNetwork membership(String network, @Nullable EndpointSettings settings) {
        if (settings == null) {
            return ContainerNetwork.of(network, Optional.empty());
        }
        EndpointIpamConfig addresses = settings.ipamConfig();
        EndpointOptions options = EndpointOptions.of(settings.driverOpts());
        return new ContainerNetwork(
                network,
                addresses == null ? Optional.empty() : present(addresses.ipv4Address()),
                present(settings.macAddress()),
                settings.aliases().stream().distinct().toList(),
                settings.gwPriority(),
                Optional.empty(),
                addresses == null ? Optional.empty() : present(addresses.ipv6Address()),
                Optional.empty(),
                options.rateIn(),
                options.rateOut(),
                options.egress(),
                options.interfaceName(),
                options.settings().words());
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty());
    }

    private static HttpFailure unsupported(String message) {
        return new HttpFailure(NOT_IMPLEMENTED, message);
    }
}
