package dev.bailey.runtime;

import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where the runtime keeps its things, and the defaults of the daemon.
 *
 * @param dataRoot durable state: containers, images
 * @param execRoot state of this boot: sockets, pid files, mounts
 * @param dns overrides of the resolver for every container without its own, asked for at each start of one
 * @param cgroupParent the cgroup that holds the containers' own, relative to the root of each hierarchy
 */
public record RuntimeOptions(Path dataRoot, Path execRoot, Supplier<DnsSettings> dns, String cgroupParent) {
    /** The cgroup that holds the containers' own when nobody names another. */
    public static final String DEFAULT_CGROUP_PARENT = "bailey";

    /** Makes both folders absolute, and checks the cgroup's name. */
    public RuntimeOptions {
        dataRoot = dataRoot.toAbsolutePath().normalize();
        execRoot = execRoot.toAbsolutePath().normalize();
        if (!cgroupParent.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw new ContainerException(
                    ContainerException.Kind.INVALID_ARGUMENT,
                    "invalid cgroup parent \"" + cgroupParent + "\": want letters, digits, _, . and - only");
        }
    }

    /**
     * The options with the usual cgroup.
     *
     * @param dataRoot durable state: containers, images
     * @param execRoot state of this boot: sockets, pid files, mounts
     * @param dns overrides of the resolver for every container without its own, asked for at each start of one
     */
    public RuntimeOptions(Path dataRoot, Path execRoot, Supplier<DnsSettings> dns) {
        this(dataRoot, execRoot, dns, DEFAULT_CGROUP_PARENT);
    }
}
