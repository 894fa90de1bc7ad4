package dev.bailey.runtime;

import java.nio.file.Path;

/**
 * Where the runtime keeps its things, and the defaults of the daemon.
 *
 * @param dataRoot durable state: containers, images
 * @param execRoot state of this boot: sockets, pid files, mounts
 * @param dns overrides of the resolver for every container without its own
 */
public record RuntimeOptions(Path dataRoot, Path execRoot, DnsSettings dns) {
    /** Makes both folders absolute. */
    public RuntimeOptions {
        dataRoot = dataRoot.toAbsolutePath().normalize();
        execRoot = execRoot.toAbsolutePath().normalize();
    }
}
