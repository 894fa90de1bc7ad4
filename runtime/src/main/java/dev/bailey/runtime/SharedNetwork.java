package dev.bailey.runtime;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.SandboxNetwork.Connection;
import dev.bailey.runtime.state.ProcessIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network of a running container, for another one that is about to start in it. The namespace is held open until {@link
 * #close}: the number of the container's process may go to another one in the meantime.
 */
final class SharedNetwork implements AutoCloseable {
    private final ManagedContainer owner;
    private final NetworkNamespace namespace;

    private SharedNetwork(ManagedContainer owner, NetworkNamespace namespace) {
        this.owner = owner;
        this.namespace = namespace;
    }

    /**
     * Opens the network that a container has now, whatever its own mode is.
     *
     * @throws ContainerException CONFLICT when it does not run
     */
    static SharedNetwork of(ManagedContainer owner) throws LinuxException {
        ProcessIdentity process = owner.record().life().process();
        if (!owner.running() || !process.alive()) {
            throw notRunning(owner);
        }
        NetworkNamespace namespace = open(owner, process);
        if (!process.alive()) {
            namespace.close();
            throw notRunning(owner);
        }
        return new SharedNetwork(owner, namespace);
    }

    private static NetworkNamespace open(ManagedContainer owner, ProcessIdentity process) throws LinuxException {
        try {
            return NetworkNamespace.open(Path.of("/proc", String.valueOf(process.pid()), "ns", "net"));
        } catch (LinuxException refused) {
            if (process.alive()) {
                throw refused;
            }
            ContainerException ended = notRunning(owner);
            ended.addSuppressed(refused);
            throw ended;
        }
    }

    private static ContainerException notRunning(ManagedContainer owner) {
        return new ContainerException(
                Kind.CONFLICT,
                "the network is that of container " + owner.record().name() + ", which does not run: start that first");
    }

    /** What the new process is started with; valid until this is closed. */
    Connection connection() {
        Path path = Path.of(
                "/proc",
                String.valueOf(ProcessHandle.current().pid()),
                "fd",
                String.valueOf(namespace.descriptor().number()));
        return new Connection(Optional.of(path), Map.of(), "", false);
    }

    /** The owner's files, the very ones: they go on to follow its networks. */
    List<Bind> files() {
        return NetworkFiles.binds(owner.folders);
    }

    @Override
    public void close() {
        namespace.close();
    }
}
