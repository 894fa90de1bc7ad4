package dev.bailey.daemon.docker;

import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerNetwork;
import java.util.List;

/** What the face of networks asks for. Every method may be called from any thread and throws the errors of its makers. */
public interface NetworkActions {
    /** Everything that exists at this moment. */
    Snapshot snapshot();

    /** The containers that there are, be they running or not. */
    List<Container> allContainers();

    /** Makes a network. */
    Network create(NetworkRequest request);

    /** Removes a network without endpoints. */
    void remove(NetworkId id);

    /**
     * Has a container on one more network.
     *
     * @param container its name, its id or the beginning of that
     */
    void connect(String container, ContainerNetwork network);

    /**
     * Takes a container off a network.
     *
     * @param container its name, its id or the beginning of that
     * @param network the network's name
     */
    void disconnect(String container, String network);
}
