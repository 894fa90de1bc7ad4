package dev.bailey.daemon.docker;

import dev.bailey.api.network.ConfigReference;
import dev.bailey.api.network.Ipam;
import dev.bailey.api.network.IpamConfig;
import dev.bailey.api.network.NetworkContainer;
import dev.bailey.api.network.NetworkResource;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.SourcePorts;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Networks in Docker's words; pure. */
final class NetworkViews {
    private NetworkViews() {}

    /** One of a list. */
    static NetworkResource summary(Network network) {
        return resource(network, Map.of());
    }

    /** A network with its endpoints. */
    static NetworkResource inspect(Network network, Snapshot snapshot) {
        Map<String, NetworkContainer> containers = new TreeMap<>();
        for (Endpoint endpoint : snapshot.endpointsOn(network.id())) {
            String name =
                    snapshot.sandbox(endpoint.sandbox()).map(Sandbox::name).orElse("");
            containers.put(
                    endpoint.sandbox().value(),
                    new NetworkContainer(
                            name,
                            endpoint.id().value(),
                            endpoint.mac().toString(),
                            endpoint.ipv4()
                                    .map(part -> part.address().toString())
                                    .orElse(""),
                            endpoint.ipv6()
                                    .map(part -> part.address().toString())
                                    .orElse("")));
        }
        return resource(network, containers);
    }

    private static NetworkResource resource(Network network, Map<String, NetworkContainer> containers) {
        return new NetworkResource(
                network.name(),
                network.id().value(),
                Times.text(network.details().created()),
                "local",
                "bridge",
                network.ipv4().isPresent(),
                network.ipv6().isPresent(),
                new Ipam(
                        "default",
                        Map.of(),
                        Stream.concat(
                                        network.ipv4().map(NetworkViews::addresses).stream(),
                                        network.ipv6().map(NetworkViews::addresses).stream())
                                .toList()),
                network.options().internal(),
                false,
                false,
                new ConfigReference(""),
                false,
                containers,
                options(network),
                network.details().labels());
    }

    private static IpamConfig addresses(NetworkIpv4 part) {
        return new IpamConfig(
                part.subnet().toString(),
                part.range().equals(part.subnet()) ? null : part.range().toString(),
                part.gateway().toString(),
                auxiliary(part.auxiliary()));
    }

    private static IpamConfig addresses(NetworkIpv6 part) {
        return new IpamConfig(
                part.subnet().toString(),
                part.range().equals(part.subnet()) ? null : part.range().toString(),
                part.gateway().toString(),
                auxiliary(part.auxiliary()));
    }

    private static @Nullable Map<String, String> auxiliary(Map<String, ? extends IpAddress> given) {
        Map<String, String> addresses = new TreeMap<>();
        given.forEach((name, address) -> addresses.put(name, address.toString()));
        return addresses.isEmpty() ? null : addresses;
    }

    private static Map<String, String> options(Network network) {
        return network.isDefault() ? defaultOptions(network) : DriverOptions.print(network);
    }

    private static Map<String, String> defaultOptions(Network network) {
        NetworkOptions options = network.options();
        Map<String, String> named = new TreeMap<>();
        named.put("com.docker.network.bridge.name", network.bridge().value());
        named.put("com.docker.network.bridge.enable_icc", Boolean.toString(options.icc()));
        if (!options.guarded()) {
            named.put("dev.bailey.bridge.guard", "false");
        }
        if (options.sourcePorts() == SourcePorts.RANDOM) {
            named.put("dev.bailey.bridge.masquerade_random", "true");
        }
        named.put("com.docker.network.bridge.enable_ip_masquerade", Boolean.toString(options.masquerade()));
        named.put("com.docker.network.driver.mtu", Integer.toString(network.mtuBytes()));
        if (network.name().equals(Network.DEFAULT_NAME)) {
            named.put("com.docker.network.bridge.default_bridge", "true");
        }
        return named;
    }
}
