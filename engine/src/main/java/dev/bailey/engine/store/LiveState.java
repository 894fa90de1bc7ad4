package dev.bailey.engine.store;

import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.store.RecoveredState.Phase;
import dev.bailey.engine.store.RecoveredState.RecoveredEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What all records together amount to, kept up record by record; not thread-safe. */
final class LiveState {
    private final Map<NetworkId, Network> networks = new LinkedHashMap<>();
    private final Set<NetworkId> leaving = new LinkedHashSet<>();
    private final Map<SandboxId, Sandbox> sandboxes = new LinkedHashMap<>();
    private final Map<EndpointId, RecoveredEndpoint> endpoints = new LinkedHashMap<>();
    private final Map<EndpointId, Set<PortMapping>> ports = new LinkedHashMap<>();
    private final Map<String, String> hostSettings = new TreeMap<>();
    private final Map<EgressWay, Integer> egressNumbers = new LinkedHashMap<>();
    private Optional<Ipv6Subnet> uniqueLocalPrefix = Optional.empty();
    private final Map<Object, Integer> endpointCounts = new HashMap<>();

    /** Throws an {@link IllegalStateException} when the record does not fit what there is. */
    void check(StateRecord record) {
        boolean fits = switch (record) {
            case StateRecord.NetworkCreated created ->
                !networks.containsKey(created.network().id());
            case StateRecord.NetworkChanged changed ->
                networks.containsKey(changed.network().id());
            case StateRecord.NetworkRemovalIntended intended -> isUnused(intended.network());
            case StateRecord.NetworkRemoved removed -> isUnused(removed.network());
            case StateRecord.SandboxCreated created ->
                !sandboxes.containsKey(created.sandbox().id());
            case StateRecord.SandboxRemoved removed ->
                sandboxes.containsKey(removed.sandbox()) && !endpointCounts.containsKey(removed.sandbox());
            case StateRecord.AttachIntended intended -> fits(intended.endpoint());
            case StateRecord.RemakeIntended intended ->
                isWorking(intended.endpoint()) || isIn(intended.endpoint(), Phase.DETACHING);
            case StateRecord.AttachDone done ->
                isIn(done.endpoint(), Phase.ATTACHING) || isIn(done.endpoint(), Phase.REMAKING);
            case StateRecord.AttachUndone undone -> isIn(undone.endpoint(), Phase.ATTACHING);
            case StateRecord.DetachIntended intended ->
                isWorking(intended.endpoint()) || isIn(intended.endpoint(), Phase.DETACHING);
            case StateRecord.DetachDone done -> isWorking(done.endpoint()) || isIn(done.endpoint(), Phase.DETACHING);
            case StateRecord.PortsPublished(EndpointId endpoint, List<PortMapping> added) ->
                endpoints.containsKey(endpoint) && Collections.disjoint(ports(endpoint), added);
            case StateRecord.PortsUnpublished(EndpointId endpoint, List<PortMapping> removed) ->
                ports(endpoint).containsAll(removed);
            case StateRecord.UniqueLocalPrefixChosen _,
                    StateRecord.EgressNumbered _,
                    StateRecord.HostSettingRemembered _ -> true;
        };
        if (!fits) {
            throw new IllegalStateException("does not fit what is stored: " + record);
        }
    }

    private boolean isUnused(NetworkId network) {
        return networks.containsKey(network) && !endpointCounts.containsKey(network);
    }

    private boolean fits(Endpoint endpoint) {
        return !endpoints.containsKey(endpoint.id())
                && networks.containsKey(endpoint.network())
                && !leaving.contains(endpoint.network())
                && sandboxes.containsKey(endpoint.sandbox());
    }

    /** Whether it works as far as anybody knows, or is about to work again. */
    private boolean isWorking(EndpointId id) {
        return isIn(id, Phase.ATTACHED) || isIn(id, Phase.REMAKING);
    }

    private boolean isIn(EndpointId id, Phase phase) {
        RecoveredEndpoint found = endpoints.get(id);
        return found != null && found.phase() == phase;
    }

    /** Takes over a record; one that does not fit changes nothing. */
    void apply(StateRecord record) {
        check(record);
        switch (record) {
            case StateRecord.NetworkCreated created ->
                networks.put(created.network().id(), created.network());
            case StateRecord.NetworkChanged changed -> {
                networks.put(changed.network().id(), changed.network());
                leaving.remove(changed.network().id());
            }
            case StateRecord.NetworkRemovalIntended intended -> leaving.add(intended.network());
            case StateRecord.NetworkRemoved removed -> {
                networks.remove(removed.network());
                leaving.remove(removed.network());
            }
            case StateRecord.SandboxCreated created ->
                sandboxes.put(created.sandbox().id(), created.sandbox());
            case StateRecord.SandboxRemoved removed -> sandboxes.remove(removed.sandbox());
            case StateRecord.AttachIntended intended -> add(intended.endpoint());
            case StateRecord.RemakeIntended intended -> move(intended.endpoint(), Phase.REMAKING);
            case StateRecord.AttachDone done -> move(done.endpoint(), Phase.ATTACHED);
            case StateRecord.AttachUndone undone -> remove(undone.endpoint());
            case StateRecord.DetachIntended intended -> move(intended.endpoint(), Phase.DETACHING);
            case StateRecord.DetachDone done -> remove(done.endpoint());
            case StateRecord.PortsPublished(EndpointId endpoint, List<PortMapping> added) ->
                ports.computeIfAbsent(endpoint, _ -> new LinkedHashSet<>()).addAll(added);
            case StateRecord.PortsUnpublished(EndpointId endpoint, List<PortMapping> removed) ->
                unpublish(endpoint, removed);
            case StateRecord.UniqueLocalPrefixChosen chosen -> uniqueLocalPrefix = Optional.of(chosen.prefix());
            case StateRecord.EgressNumbered(EgressWay way, int number) -> {
                egressNumbers.values().remove(number);
                egressNumbers.put(way, number);
            }
            case StateRecord.HostSettingRemembered remembered ->
                hostSettings.put(remembered.name(), remembered.value());
        }
    }

    private Set<PortMapping> ports(EndpointId endpoint) {
        return ports.getOrDefault(endpoint, Set.of());
    }

    private void unpublish(EndpointId endpoint, List<PortMapping> removed) {
        Set<PortMapping> left = Objects.requireNonNull(ports.get(endpoint));
        removed.forEach(left::remove);
        if (left.isEmpty()) {
            ports.remove(endpoint);
        }
    }

    private void add(Endpoint endpoint) {
        endpoints.put(endpoint.id(), new RecoveredEndpoint(endpoint, Phase.ATTACHING));
        endpointCounts.merge(endpoint.network(), 1, Integer::sum);
        endpointCounts.merge(endpoint.sandbox(), 1, Integer::sum);
    }

    private void move(EndpointId id, Phase phase) {
        endpoints.compute(
                id,
                (key, known) ->
                        new RecoveredEndpoint(Objects.requireNonNull(known).endpoint(), phase));
    }

    private void remove(EndpointId id) {
        RecoveredEndpoint removed = Objects.requireNonNull(endpoints.remove(id));
        ports.remove(id);
        endpointCounts.computeIfPresent(removed.endpoint().network(), (key, n) -> n == 1 ? null : n - 1);
        endpointCounts.computeIfPresent(removed.endpoint().sandbox(), (key, n) -> n == 1 ? null : n - 1);
    }

    /** The fewest records that amount to the same. */
    List<StateRecord> records() {
        List<StateRecord> records = new ArrayList<>();
        hostSettings.forEach((name, value) -> records.add(new StateRecord.HostSettingRemembered(name, value)));
        uniqueLocalPrefix.ifPresent(prefix -> records.add(new StateRecord.UniqueLocalPrefixChosen(prefix)));
        egressNumbers.forEach((way, number) -> records.add(new StateRecord.EgressNumbered(way, number)));
        networks.values().forEach(network -> records.add(new StateRecord.NetworkCreated(network)));
        leaving.forEach(network -> records.add(new StateRecord.NetworkRemovalIntended(network)));
        sandboxes.values().forEach(sandbox -> records.add(new StateRecord.SandboxCreated(sandbox)));
        for (RecoveredEndpoint known : endpoints.values()) {
            records.add(new StateRecord.AttachIntended(known.endpoint()));
            EndpointId id = known.endpoint().id();
            if (ports.containsKey(id)) {
                records.add(new StateRecord.PortsPublished(id, List.copyOf(ports(id))));
            }
            switch (known.phase()) {
                case ATTACHING -> {}
                case ATTACHED -> records.add(new StateRecord.AttachDone(id));
                case REMAKING -> {
                    records.add(new StateRecord.AttachDone(id));
                    records.add(new StateRecord.RemakeIntended(id));
                }
                case DETACHING -> {
                    records.add(new StateRecord.AttachDone(id));
                    records.add(new StateRecord.DetachIntended(id));
                }
            }
        }
        return records;
    }

    RecoveredState toRecovered() {
        Map<EndpointId, List<PortMapping>> published = new LinkedHashMap<>();
        ports.forEach((endpoint, mappings) -> published.put(endpoint, List.copyOf(mappings)));
        return new RecoveredState(
                networks.values().stream()
                        .filter(network -> !leaving.contains(network.id()))
                        .toList(),
                leaving.stream().map(networks::get).map(Objects::requireNonNull).toList(),
                List.copyOf(sandboxes.values()),
                List.copyOf(endpoints.values()),
                published,
                hostSettings,
                uniqueLocalPrefix,
                egressNumbers);
    }
}
