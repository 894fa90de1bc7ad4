package dev.bailey.runtime;

import dev.bailey.engine.model.PortRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the runtime asks of the network engine: one sandbox, connected to its networks, for each running container. */
public interface SandboxNetwork {
    /**
     * Makes the container's sandbox and connects it to its networks, in their order; all of it or nothing.
     *
     * @param id also the sandbox's id
     * @param name the container's name
     * @param networks none of them twice; without any, the sandbox has its loopback interface alone
     */
    Connection connect(ContainerId id, String name, List<ContainerNetwork> networks);

    /**
     * Connects a sandbox that is there to one more network.
     *
     * @return its addresses there
     */
    Addresses join(ContainerId id, ContainerNetwork network);

    /** Takes a sandbox off a network; no error when it is not on it. */
    void leave(ContainerId id, String network);

    /**
     * Keeps the addresses that a container asks for, be there a sandbox or not, until {@link #giveUp}; all of them or none.
     *
     * @param name the container's name, for those who ask for the same
     */
    void keep(ContainerId id, String name, List<ContainerNetwork> networks);

    /** Keeps no address for a container any more. */
    void giveUp(ContainerId id);

    /** Whether a resolver of the network's answers inside the container's sandbox now. */
    boolean hasResolver(ContainerId id);

    /**
     * Publishes ports of a container that is connected, all or none.
     *
     * @param id also the sandbox's id
     * @param ports at least one
     */
    void publish(ContainerId id, List<PortRequest> ports);

    /**
     * Removes the container's sandbox with its endpoints; no error when there is none.
     *
     * @param id also the sandbox's id
     */
    void disconnect(ContainerId id);

    /** The sandboxes that exist and that this network owns. */
    Set<ContainerId> sandboxes();

    /**
     * The addresses of a sandbox on one network, without prefix lengths.
     *
     * @param ipv4 empty where the network has no IPv4
     * @param ipv6 empty where the network has no IPv6
     */
    record Addresses(Optional<String> ipv4, Optional<String> ipv6) {
        /** Both, or the one there is. */
        Stream<String> all() {
            return Stream.concat(ipv4.stream(), ipv6.stream());
        }
    }

    /**
     * A sandbox that is connected, or the host's own network.
     *
     * @param namespace the file that its network namespace is bound to; empty for the host's own network
     * @param addresses its addresses on each network, by the network's name
     * @param hostAddress the address that it finds this host at; empty where it cannot
     * @param resolver whether a resolver of the network's answers inside it, so that nobody else is to be asked
     */
    record Connection(
            Optional<Path> namespace, Map<String, Addresses> addresses, String hostAddress, boolean resolver) {
        /** No sandbox: what a process in this very namespace has. */
        static final Connection OF_HOST = new Connection(Optional.empty(), Map.of(), "127.0.0.1", false);

        /** Copies the map. */
        public Connection {
            addresses = Map.copyOf(addresses);
        }
    }
}
