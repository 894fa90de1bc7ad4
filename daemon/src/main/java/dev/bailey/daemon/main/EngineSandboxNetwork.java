package dev.bailey.daemon.main;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.dns.LocalNames;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.runtime.ContainerId;
import dev.bailey.runtime.SandboxNetwork;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The engine as the runtime asks for it: a sandbox with one endpoint for each running container.
 *
 * @param engine the engine
 */
record EngineSandboxNetwork(Engine engine) implements SandboxNetwork {
    @Override
    public Connection connect(ContainerId id, String name, String network, Optional<String> address) {
        Optional<Ipv4Address> wanted = address.map(EngineSandboxNetwork::parse);
        Sandbox sandbox = engine.createSandbox(sandboxId(id), name);
        try {
            Endpoint endpoint = engine.attach(new AttachRequest(
                    new SandboxTarget.Existing(sandbox.id()), network, wanted, AttachRequest.DEFAULT_INTERFACE));
            return new Connection(
                    sandbox.netns(),
                    endpoint.address().address().toString(),
                    hostAddress(endpoint),
                    LocalNames.isServed(engine.snapshot(), sandbox.id()));
        } catch (RuntimeException failure) {
            undo(sandbox.id(), failure);
            throw failure;
        }
    }

    /** The default gateway may be another machine; the host is where the bridge is. */
    private String hostAddress(Endpoint endpoint) {
        return engine.snapshot()
                .network(endpoint.network())
                .map(joined -> joined.bridgeAddress().address())
                .orElse(endpoint.gateway())
                .toString();
    }

    private void undo(SandboxId id, RuntimeException failure) {
        try {
            engine.removeSandbox(id);
        } catch (RuntimeException further) {
            failure.addSuppressed(further);
        }
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

    private static Ipv4Address parse(String text) {
        try {
            return Ipv4Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
        }
    }
}
