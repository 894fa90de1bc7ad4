package dev.bailey.daemon.main;

import dev.bailey.daemon.docker.NetworkActions;
import dev.bailey.engine.Engine;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerNetwork;
import dev.bailey.runtime.Containers;
import java.util.List;

/**
 * Engine and runtime as the face of networks asks for them.
 *
 * @param engine the engine
 * @param containers the containers on its networks
 */
record EngineNetworks(Engine engine, Containers containers) implements NetworkActions {
    @Override
    public Snapshot snapshot() {
        return engine.snapshot();
    }

    @Override
    public List<Container> allContainers() {
        return containers.list();
    }

    @Override
    public Network create(NetworkRequest request) {
        return engine.createNetwork(request);
    }

    @Override
    public void remove(NetworkId id) {
        engine.removeNetwork(id);
    }

    @Override
    public void connect(String container, ContainerNetwork network) {
        containers.connect(containers.inspect(container).id(), network);
    }

    @Override
    public void disconnect(String container, String network) {
        containers.disconnect(containers.inspect(container).id(), network);
    }
}
