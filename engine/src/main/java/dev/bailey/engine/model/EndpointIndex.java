package dev.bailey.engine.model;

import org.jspecify.annotations.Nullable;

/** The endpoints of a snapshot by every key they are asked for. */
record EndpointIndex(
        PersistentMap<EndpointId, Endpoint> all,
        PersistentMap<InterfaceName, Endpoint> byHostEnd,
        PersistentMap<SandboxId, PersistentMap<EndpointId, Endpoint>> bySandbox,
        PersistentMap<NetworkId, PersistentMap<EndpointId, Endpoint>> byNetwork,
        NameIndex names) {
    static final EndpointIndex EMPTY = new EndpointIndex(
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            NameIndex.EMPTY);

    EndpointIndex with(Endpoint e, Sandbox sandbox) {
        return new EndpointIndex(
                all.with(e.id(), e),
                byHostEnd.with(e.hostEnd(), e),
                replaced(bySandbox, e.sandbox(), of(e.sandbox()).with(e.id(), e)),
                replaced(byNetwork, e.network(), on(e.network()).with(e.id(), e)),
                names.with(e, sandbox));
    }

    EndpointIndex without(Endpoint e, Sandbox sandbox) {
        return new EndpointIndex(
                all.without(e.id()),
                byHostEnd.without(e.hostEnd()),
                replaced(bySandbox, e.sandbox(), of(e.sandbox()).without(e.id())),
                replaced(byNetwork, e.network(), on(e.network()).without(e.id())),
                names.without(e, sandbox));
    }

    PersistentMap<EndpointId, Endpoint> of(SandboxId sandbox) {
        return group(bySandbox.get(sandbox));
    }

    PersistentMap<EndpointId, Endpoint> on(NetworkId network) {
        return group(byNetwork.get(network));
    }

    private static PersistentMap<EndpointId, Endpoint> group(@Nullable PersistentMap<EndpointId, Endpoint> found) {
        return found == null ? PersistentMap.empty() : found;
    }

    /** An empty group is dropped, lest every sandbox that ever was leave its key behind. */
    private static <K> PersistentMap<K, PersistentMap<EndpointId, Endpoint>> replaced(
            PersistentMap<K, PersistentMap<EndpointId, Endpoint>> groups,
            K key,
            PersistentMap<EndpointId, Endpoint> group) {
        return group.size() == 0 ? groups.without(key) : groups.with(key, group);
    }
}
