package dev.bailey.engine;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.SandboxId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints that nobody sees any more and whose links are not gone yet. Each method is O(1). For tasks of the writer. */
final class LeavingEndpoints {
    private final Map<EndpointId, Endpoint> byId = new LinkedHashMap<>();
    private final Map<SandboxId, Map<EndpointId, Endpoint>> bySandbox = new HashMap<>();

    void add(Endpoint endpoint) {
        byId.put(endpoint.id(), endpoint);
        bySandbox
                .computeIfAbsent(endpoint.sandbox(), _ -> new LinkedHashMap<>())
                .put(endpoint.id(), endpoint);
    }

    /** No error when it is not there. */
    void remove(Endpoint endpoint) {
        byId.remove(endpoint.id());
        bySandbox.computeIfPresent(endpoint.sandbox(), (_, own) -> {
            own.remove(endpoint.id());
            return own.isEmpty() ? null : own;
        });
    }

    Optional<Endpoint> find(EndpointId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Those of one sandbox, in the order in which they began to leave; O(these). */
    List<Endpoint> of(SandboxId sandbox) {
        return List.copyOf(bySandbox.getOrDefault(sandbox, Map.of()).values());
    }

    /** All of them, as they are at each look. */
    Collection<Endpoint> all() {
        return byId.values();
    }
}
