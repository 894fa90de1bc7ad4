package dev.bailey.daemon.docker;

import dev.bailey.api.network.CreateNetworkRequest;
import dev.bailey.api.network.EndpointIpamConfig;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.api.network.Ipam;
import dev.bailey.api.network.IpamConfig;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import dev.bailey.runtime.ContainerNetwork;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Docker's requests about networks as those of the engine and of the runtime. */
final class NetworkRequests {
    private static final int NOT_IMPLEMENTED = 501;
    private static final IpamConfig NOTHING = new IpamConfig("", null, "", null);

    private NetworkRequests() {}

    /**
     * The network that is asked for.
     *
     * @throws HttpFailure 400 when something is wrong with it, 501 when it is something that there is not
     */
    static NetworkRequest network(CreateNetworkRequest request) {
        refuseUnsupported(request);
        IpamConfig addresses = addresses(request.ipam());
        DriverOptions options = new DriverOptions(request.options());
        Map<String, Ipv4Address> auxiliary = new TreeMap<>();
        Objects.requireNonNullElse(addresses.auxiliaryAddresses(), Map.<String, String>of())
                .forEach((name, text) ->
                        auxiliary.put(name, read("auxiliary address " + name, text, Ipv4Address::parse)));
        return new NetworkRequest(
                request.name(),
                options.bridge(),
                present(addresses.subnet()).map(text -> read("subnet", text, Subnet::parse)),
                present(addresses.ipRange()).map(text -> read("IP range", text, Subnet::parse)),
                present(addresses.gateway()).map(text -> read("gateway", text, Ipv4Address::parse)),
                auxiliary,
                options.mtuBytes(),
                options.options(request.internal()),
                !options.inhibited(),
                options.interfacePrefix(),
                request.labels());
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
        if (Boolean.TRUE.equals(request.enableIpv6())) {
            throw noIpv6("network " + request.name());
        }
        if (Boolean.FALSE.equals(request.enableIpv4())) {
            throw unsupported("network " + request.name() + " cannot be without IPv4: there is nothing else yet");
        }
    }

    /** The one subnet of a request; one without anything in it stands for none. */
    private static IpamConfig addresses(@Nullable Ipam ipam) {
        if (ipam == null) {
            return NOTHING;
        }
        if (!List.of("", "default").contains(ipam.driver()) || !ipam.options().isEmpty()) {
            throw unsupported("address drivers other than default, and options for them, are not supported");
        }
        List<IpamConfig> subnets =
                ipam.config().stream().filter(each -> !each.equals(NOTHING)).toList();
        subnets.stream().filter(each -> each.subnet().contains(":")).findFirst().ifPresent(each -> {
            throw noIpv6("subnet " + each.subnet());
        });
        if (subnets.size() > 1) {
            throw HttpFailure.badRequest("a network has one subnet, not " + subnets.size());
        }
        IpamConfig only = subnets.stream().findFirst().orElse(NOTHING);
        if (only.subnet().isEmpty() && !only.equals(NOTHING)) {
            throw HttpFailure.badRequest(
                    "an IP range, a gateway or an auxiliary address needs the subnet that it is in");
        }
        return only;
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
        if (addresses != null && present(addresses.ipv6Address()).isPresent()) {
            throw noIpv6("address " + addresses.ipv6Address());
        }
        Map<String, String> options = settings.driverOpts();
        if (options != null && !options.isEmpty()) {
            throw unsupported("driver options of an endpoint are not supported: leave DriverOpts out");
        }
        return new ContainerNetwork(
                network,
                addresses == null ? Optional.empty() : present(addresses.ipv4Address()),
                present(settings.macAddress()),
                settings.aliases().stream().distinct().toList(),
                settings.gwPriority(),
                Optional.empty());
    }

    private static <T> T read(String what, String text, Function<String, T> reader) {
        if (text.contains(":")) {
            throw noIpv6(what + " " + text);
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest(what + ": " + bad.getMessage());
        }
    }

    private static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty());
    }

    private static HttpFailure noIpv6(String what) {
        return unsupported(what + ": IPv6 is not supported yet, networks have IPv4 alone");
    }

    private static HttpFailure unsupported(String message) {
        return new HttpFailure(NOT_IMPLEMENTED, message);
    }
}
