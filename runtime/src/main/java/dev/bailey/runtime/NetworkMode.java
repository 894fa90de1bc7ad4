package dev.bailey.runtime;

/** Where the process of a container has its network. */
public enum NetworkMode {
    /** In a sandbox with an endpoint on each of its networks. */
    NETWORKS,
    /** In a sandbox with nothing but its loopback interface. */
    NONE,
    /** In the network namespace that the daemon lives in: it has no sandbox, and what it binds is the host's. */
    HOST;

    /** The mode that the name of a network stands for; no network can have the name {@code none} or {@code host}. */
    public static NetworkMode of(String network) {
        return switch (network) {
            case "none" -> NONE;
            case "host" -> HOST;
            default -> NETWORKS;
        };
    }
}
