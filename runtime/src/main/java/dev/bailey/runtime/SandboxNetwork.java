package dev.bailey.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the runtime asks of the network engine: one sandbox, connected to one network, for each running container. */
public interface SandboxNetwork {
    /**
     * Makes the container's sandbox and connects it to a network; either both or nothing.
     *
     * @param id also the sandbox's id
     * @param name the container's name
     * @param network the network's name
     * @param address the address asked for
     */
    Connection connect(ContainerId id, String name, String network, Optional<String> address);

    /**
     * Removes the container's sandbox with its endpoints; no error when there is none.
     *
     * @param id also the sandbox's id
     */
    void disconnect(ContainerId id);

    /** The sandboxes that exist and that this network owns. */
    Set<ContainerId> sandboxes();

    /**
     * A sandbox that is connected.
     *
     * @param namespace the file that its network namespace is bound to
     * @param address its address without the prefix length
     * @param hostAddress the address that it finds this host at
     * @param resolver whether a resolver of the network's answers inside it, so that nobody else is to be asked
     */
    record Connection(Path namespace, String address, String hostAddress, boolean resolver) {}
}
