package dev.bailey.daemon.main;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.dns.LocalNames;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.ContainerId;
import dev.bailey.runtime.ContainerNetwork;
import dev.bailey.runtime.SandboxNetwork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The engine as the runtime asks for it: a sandbox with its endpoints for each running container.
 *
 * @param engine the engine
 */
record EngineSandboxNetwork(Engine engine) implements SandboxNetwork {
    @Override
    public Connection connect(ContainerId id, String name, List<ContainerNetwork> networks) {
        Sandbox sandbox = engine.createSandbox(sandboxId(id), name);
        try {
            Map<String, Addresses> addresses = new HashMap<>();
            Optional<String> host = Optional.empty();
            for (ContainerNetwork network : networks) {
                Endpoint endpoint = engine.attach(request(id, network));
                addresses.put(network.network(), addresses(endpoint));
                host = host.or(() -> hostAddress(endpoint));
            }
            return new Connection(
                    Optional.of(sandbox.netns()),
                    addresses,
                    host.orElse(""),
                    LocalNames.isServed(engine.snapshot(), sandbox.id()));
        } catch (RuntimeException failure) {
            undo(sandbox.id(), failure);
            throw failure;
        }
    }

    private static AttachRequest request(ContainerId id, ContainerNetwork network) {
        return new AttachRequest(
                new SandboxTarget.Existing(sandboxId(id)),
                network.network(),
                network.address().map(text -> parsed(text, Ipv4Address::parse)),
                network.lastAddress().map(text -> parsed(text, Ipv4Address::parse)),
                network.interfaceName().map(text -> parsed(text, InterfaceName::new)),
                network.mac().map(text -> parsed(text, MacAddress::parse)),
                network.aliases(),
                network.gatewayPriority(),
                List.of(),
                network.ipv6Address().map(text -> parsed(text, Ipv6Address::parse)),
                network.lastIpv6().map(text -> parsed(text, Ipv6Address::parse)),
                new RateLimits(
                        network.rateIn().map(text -> parsed(text, BitRate::parse)),
                        network.rateOut().map(text -> parsed(text, BitRate::parse))),
                parsed(network.egress(), Egress::parse),
                parsed(network.settings(), InterfaceSettings::parse));
    }

    private static Addresses addresses(Endpoint endpoint) {
        return new Addresses(
                endpoint.ipv4().map(part -> part.address().address().toString()),
                endpoint.ipv6().map(part -> part.address().address().toString()));
    }

    /** The default gateway may be another machine; the host is where the bridge is, if that has an address. */
    private Optional<String> hostAddress(Endpoint endpoint) {
        return engine.snapshot()
                .network(endpoint.network())
                .flatMap(joined -> joined.ipv4().isPresent()
                        ? joined.ipv4().filter(NetworkIpv4::bridgeAddressed).map(NetworkIpv4::bridgeAddress)
                        : joined.ipv6().filter(NetworkIpv6::bridgeAddressed).map(NetworkIpv6::bridgeAddress))
                .map(address -> address.address().toString());
    }

    private void undo(SandboxId id, RuntimeException failure) {
        try {
            engine.removeSandbox(id);
        } catch (RuntimeException further) {
            failure.addSuppressed(further);
        }
    }

    @Override
    public Addresses join(ContainerId id, ContainerNetwork network) {
        return addresses(engine.attach(request(id, network)));
    }

    @Override
    public void leave(ContainerId id, String network) {
        Snapshot snapshot = engine.snapshot();
        Optional<Network> left = snapshot.networkNamed(network);
        snapshot.endpointsOf(sandboxId(id)).stream()
                .filter(endpoint -> left.map(Network::id).equals(Optional.of(endpoint.network())))
                .toList()
                .forEach(endpoint -> engine.detach(endpoint.id()));
    }

    @Override
    public void keep(ContainerId id, String name, List<ContainerNetwork> networks) {
        try {
            for (ContainerNetwork network : networks) {
                Stream.concat(network.address().stream(), network.ipv6Address().stream())
                        .map(text -> parsed(text, IpAddress::parse))
                        .forEach(address -> engine.keepAddress(sandboxId(id), name, network.network(), address));
            }
        } catch (RuntimeException failure) {
            engine.giveUpAddresses(sandboxId(id));
            throw failure;
        }
    }

    @Override
    public void giveUp(ContainerId id) {
        engine.giveUpAddresses(sandboxId(id));
    }

    @Override
    public boolean hasResolver(ContainerId id) {
        return LocalNames.isServed(engine.snapshot(), sandboxId(id));
    }

    @Override
    public void publish(ContainerId id, List<PortRequest> ports) {
        engine.publish(sandboxId(id), ports);
    }

    @Override
    public void disconnect(ContainerId id) {
        engine.removeSandbox(sandboxId(id));
    }

    @Override
    public Set<ContainerId> sandboxes() {
        return engine.snapshot().sandboxes().stream()
                .filter(Sandbox::owned)
                .map(sandbox -> new ContainerId(sandbox.id().value()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SandboxId sandboxId(ContainerId id) {
        return new SandboxId(id.value());
    }

    private static <S, T> T parsed(S text, Function<S, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
        }
    }
}
