package dev.bailey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Where the runtime keeps its things, and the defaults of the daemon.
 *
 * @param dataRoot durable state: containers, images
 * @param execRoot state of this boot: sockets, pid files, mounts
 * @param dns overrides of the resolver for every container without its own, asked for at each start of one
 * @param cgroupParent the cgroup that holds the containers' own, relative to the root of each hierarchy; whatever is in it
 *     is taken for this runtime's, so no two may share one
 */
public record RuntimeOptions(Path dataRoot, Path execRoot, Supplier<DnsSettings> dns, String cgroupParent) {
    private static final String CGROUPS = "bailey";
    private static final String CGROUP = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";

    /** Makes both folders absolute, and checks the cgroup's name. */
    public RuntimeOptions {
        dataRoot = dataRoot.toAbsolutePath().normalize();
        execRoot = execRoot.toAbsolutePath().normalize();
        if (!cgroupParent.matches(CGROUP + "(/" + CGROUP + ")*")) {
            throw new ContainerException(
                    ContainerException.Kind.INVALID_ARGUMENT,
                    "invalid cgroup parent \"" + cgroupParent
                            + "\": want names of letters, digits, _, . and -, with / between them");
        }
    }

    /**
     * The options with a cgroup that belongs to this data root alone. It is named by what the kernel knows the folder as,
     * not by its path: a path may mean another folder in another mount namespace, and a copy of a folder is not the folder.
     * Makes the data root where there is none.
     *
     * @param dataRoot durable state: containers, images
     * @param execRoot state of this boot: sockets, pid files, mounts
     * @param dns overrides of the resolver for every container without its own, asked for at each start of one
     * @throws ContainerException if the data root cannot be made or looked at
     */
    public static RuntimeOptions of(Path dataRoot, Path execRoot, Supplier<DnsSettings> dns) {
        try {
            Files.createDirectories(dataRoot);
            var device = (long) Files.getAttribute(dataRoot, "unix:dev");
            var inode = (long) Files.getAttribute(dataRoot, "unix:ino");
            return new RuntimeOptions(
                    dataRoot, execRoot, dns, CGROUPS + "/" + Long.toHexString(device) + "-" + Long.toString(inode));
        } catch (IOException failure) {
            throw new ContainerException(
                    ContainerException.Kind.INTERNAL,
                    "cannot use the data root " + dataRoot + ": " + failure.getMessage(),
                    failure);
        }
    }
}
