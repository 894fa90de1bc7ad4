package dev.bailey.engine.dns.server;

import dev.bailey.engine.model.Sandbox;
import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NamespaceVisits;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;

/** Goes into sandboxes' namespaces and comes home; for the loop's thread, whose home it knows. */
final class Visitor implements AutoCloseable {
    private final NamespaceVisits visits;

    private Visitor(NamespaceVisits visits) {
        this.visits = visits;
    }

    static Visitor fromHere() throws LinuxException {
        return new Visitor(NamespaceVisits.fromHere());
    }

    /** Does something inside a sandbox; its namespace is held open for no longer than that. */
    <T> T inside(Sandbox sandbox, Task<T, LinuxException> task) throws LinuxException {
        try (NetworkNamespace namespace = NetworkNamespace.open(sandbox.netns())) {
            if (namespace.inode() != sandbox.netnsInode()) {
                throw new LinuxException(
                        "enter", sandbox.netns().toString(), Errno.ENOENT, "another namespace is there by now");
            }
            return visits.<T, LinuxException>call(namespace, task);
        }
    }

    @Override
    public void close() {
        visits.close();
    }
}
