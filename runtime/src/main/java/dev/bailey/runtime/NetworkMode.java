package dev.bailey.runtime;

import java.util.Optional;

/** Where the process of a container has its network. */
public enum NetworkMode {
    /** In a sandbox with an endpoint on each of its networks. */
    NETWORKS,
    /** In a sandbox with nothing but its loopback interface. */
    NONE,
    /** In the network namespace that the daemon lives in: it has no sandbox, and what it binds is the host's. */
    HOST,
    /** In the network namespace of another container: it has no sandbox, and all that is there belongs to the other one. */
    CONTAINER;

    private static final String OF_CONTAINER = "container:";

    /** The mode that the name of a network stands for; no network can have such a name, {@code none} or {@code host}. */
    public static NetworkMode of(String network) {
        return switch (network) {
            case "none" -> NONE;
            case "host" -> HOST;
            default -> network.startsWith(OF_CONTAINER) ? CONTAINER : NETWORKS;
        };
    }

    /** Whether it has a sandbox of its own. */
    boolean hasSandbox() {
        return switch (this) {
            case NETWORKS, NONE -> true;
            case HOST, CONTAINER -> false;
        };
    }

    /** The container that the name of a network means, by name or id; empty for every other mode. */
    public static Optional<String> owner(String network) {
        return of(network) == CONTAINER ? Optional.of(network.substring(OF_CONTAINER.length())) : Optional.empty();
    }

    /** What stands in the place of a network's name for the network of a container. */
    static String of(ContainerId owner) {
        return OF_CONTAINER + owner;
    }
}
