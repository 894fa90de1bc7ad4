package dev.bailey.daemon.docker;

import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.api.container.HostConfig;
import dev.bailey.api.container.NetworkingConfig;
import dev.bailey.api.exec.ExecCreateRequest;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.runtime.Bind;
import dev.bailey.runtime.ContainerNetwork;
import dev.bailey.runtime.ContainerSpec;
import dev.bailey.runtime.DnsSettings;
import dev.bailey.runtime.ExecSpec;
import dev.bailey.runtime.ExtraHost;
import dev.bailey.runtime.NetworkMode;
import dev.bailey.runtime.PortSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Docker's requests as the runtime's specifications. */
final class ContainerRequests {
    /** What Docker's clients call the default network. */
    private static final List<String> DEFAULT_NETWORK_MODES = List.of("", "default", ContainerSpec.DEFAULT_NETWORK);

    private ContainerRequests() {}

    /**
     * The specification of a container.
     *
     * @param name the name from the query, with or without a slash before it
     * @throws HttpFailure 400 when something asked for contradicts something else
     */
    static ContainerSpec container(Optional<String> name, CreateContainerRequest request) {
        HostConfig host = Objects.requireNonNullElse(request.hostConfig(), HostConfig.DEFAULT);
        if (request.image().isEmpty()) {
            throw HttpFailure.badRequest("no image is named: Image must be \"host\", a path or a loaded image");
        }
        String network = network(host.networkMode());
        List<ContainerNetwork> networks = networks(network, request.networkingConfig());
        return new ContainerSpec(
                name.map(text -> text.startsWith("/") ? text.substring(1) : text),
                request.image(),
                entrypoint(request.entrypoint()),
                request.cmd(),
                request.env(),
                present(request.workingDir()),
                present(request.user()),
                present(request.hostname()),
                request.tty(),
                request.openStdin(),
                request.stdinOnce(),
                host.autoRemove(),
                host.binds().stream().map(Bind::parse).toList(),
                network,
                networks.stream().findFirst().flatMap(ContainerNetwork::address),
                new DnsSettings(host.dns(), host.dnsSearch(), host.dnsOptions()),
                host.extraHosts().stream().map(ExtraHost::parse).toList(),
                request.labels(),
                present(request.stopSignal()),
                Optional.ofNullable(request.stopTimeout()).map(Duration::ofSeconds),
                networks,
                new PortSettings(
                        PortBindings.requests(host.portBindings()),
                        request.exposedPorts().keySet().stream().sorted().toList(),
                        host.publishAllPorts()));
    }

    /** An empty list stands for the image's entry point, a list of one empty text for none. */
    private static Optional<List<String>> entrypoint(List<String> given) {
        if (given.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(given.equals(List.of("")) ? List.of() : given);
    }

    private static String network(String mode) {
        return DEFAULT_NETWORK_MODES.contains(mode) ? ContainerSpec.DEFAULT_NETWORK : mode;
    }

    /** The network of the mode comes first, the others in the order of the request. */
    private static List<ContainerNetwork> networks(String first, @Nullable NetworkingConfig networking) {
        Map<String, EndpointSettings> endpoints =
                networking == null || networking.endpointsConfig() == null ? Map.of() : networking.endpointsConfig();
        Map<String, ContainerNetwork> wanted = new LinkedHashMap<>();
        wanted.put(first, ContainerNetwork.of(first, Optional.empty()));
        endpoints.forEach(
                (name, settings) -> wanted.put(network(name), NetworkRequests.membership(network(name), settings)));
        if (NetworkMode.of(first) != NetworkMode.NETWORKS) {
            wanted.remove(first, ContainerNetwork.of(first, Optional.empty()));
        }
        return List.copyOf(wanted.values());
    }

    /** The specification of one more process in a container. */
    static ExecSpec exec(ExecCreateRequest request) {
        return new ExecSpec(
                request.cmd(),
                request.env(),
                present(request.workingDir()),
                present(request.user()),
                request.tty(),
                request.attachStdin());
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
