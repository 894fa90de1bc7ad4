package dev.bailey.runtime;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.Engine;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The engine as the network of containers. Errors are the engine's own. Safe for any thread. */
public final class EngineNetwork implements SandboxNetwork {
    private static final Pattern CONTAINER_ID = Pattern.compile("[0-9a-f]{64}");

    private final Engine engine;

    /**
     * A network on an engine, which the caller closes.
     *
     * @param engine gives the sandboxes
     */
    public EngineNetwork(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Connection connect(ContainerId id, String name, String network, Optional<String> address) {
        Sandbox sandbox = engine.createSandbox(new SandboxId(id.value()), name);
        try {
            Endpoint endpoint = engine.attach(new AttachRequest(
                    new SandboxTarget.Existing(sandbox.id()),
                    network,
                    address.map(Ipv4Address::parse),
                    AttachRequest.DEFAULT_INTERFACE));
            return new Connection(
                    sandbox.netns(),
                    endpoint.address().address().toString(),
                    endpoint.gateway().toString());
        } catch (RuntimeException failure) {
            undo(sandbox, failure);
            throw failure;
        }
    }

    private void undo(Sandbox sandbox, RuntimeException failure) {
        try {
            engine.removeSandbox(sandbox.id());
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    @Override
    public void disconnect(ContainerId id) {
        engine.removeSandbox(new SandboxId(id.value()));
    }

    @Override
    public Set<ContainerId> sandboxes() {
        return engine.snapshot().sandboxes().stream()
                .filter(Sandbox::owned)
                .map(sandbox -> sandbox.id().value())
                .filter(CONTAINER_ID.asMatchPredicate())
                .map(ContainerId::new)
                .collect(Collectors.toSet());
    }
}
