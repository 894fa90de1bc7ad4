package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;

/** The containers by id and by name. Safe for any thread; a look-up takes the time of a tree of all containers. */
final class Registry {
    private final NavigableMap<String, ManagedContainer> byId = new ConcurrentSkipListMap<>();
    private final Map<String, ContainerId> byName = new ConcurrentHashMap<>();

    /** Takes a name for a container to come; a random one when none is wanted. */
    String reserveName(Optional<String> wanted, ContainerId id) {
        if (wanted.isEmpty()) {
            return RandomNames.pick(RandomGenerator.getDefault(), name -> byName.putIfAbsent(name, id) != null);
        }
        String name = wanted.get();
        ContainerId holder = byName.putIfAbsent(name, id);
        if (holder != null) {
            throw new ContainerException(
                    Kind.CONFLICT,
                    "Conflict. The container name \"/" + name + "\" is already in use by container \"" + holder
                            + "\". You have to remove (or rename) that container to be able to reuse that name.");
        }
        return name;
    }

    /** Gives a name back that no container got. */
    void releaseName(String name, ContainerId id) {
        byName.remove(name, id);
    }

    /** Adds a container whose name is reserved, or was read from its state file. */
    void add(ManagedContainer container) {
        byName.put(container.record().name(), container.id);
        byId.put(container.id.value(), container);
    }

    /** Forgets a container. */
    void remove(ManagedContainer container) {
        byId.remove(container.id.value());
        byName.remove(container.record().name(), container.id);
    }

    Collection<ManagedContainer> all() {
        return byId.values();
    }

    Optional<ManagedContainer> find(ContainerId id) {
        return Optional.ofNullable(byId.get(id.value()));
    }

    ManagedContainer get(ContainerId id) {
        return find(id).orElseThrow(() -> notFound(id.value()));
    }

    /** Whether a short id is taken: folders are named by it. */
    boolean hasShortId(ContainerId id) {
        return !startingWith(id.shortForm()).isEmpty();
    }

    /** A container by id, name, or unique prefix of its id. */
    ManagedContainer resolve(String reference) {
        String name = reference.startsWith("/") ? reference.substring(1) : reference;
        ManagedContainer exact = byId.get(name);
        if (exact != null) {
            return exact;
        }
        ContainerId named = byName.get(name);
        if (named != null) {
            return get(named);
        }
        List<ManagedContainer> matches = name.matches("[0-9a-f]{1,64}") ? startingWith(name) : List.of();
        if (matches.size() > 1) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, "multiple IDs found with provided prefix: " + name);
        }
        return matches.stream().findFirst().orElseThrow(() -> notFound(reference));
    }

    private List<ManagedContainer> startingWith(String prefix) {
        return List.copyOf(byId.subMap(prefix, true, prefix + "g", false).values());
    }

    private static ContainerException notFound(String reference) {
        return new ContainerException(Kind.NOT_FOUND, "No such container: " + reference);
    }
}
