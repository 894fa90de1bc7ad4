package dev.bailey.daemon.docker;

import dev.bailey.daemon.Samples;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerNetwork;
import dev.bailey.runtime.ContainerState;
import java.util.ArrayList;
import java.util.List;

/** Networks that take note of what is asked of them. */
final class FakeNetworks implements NetworkActions {
    final List<String> asked = new ArrayList<>();
    final List<NetworkRequest> created = new ArrayList<>();

    @Override
    public Snapshot snapshot() {
        return Samples.SNAPSHOT;
    }

    @Override
    public List<Container> allContainers() {
        return List.of(Samples.container(
                Samples.spec().network("host").build(), new ContainerState.Running(1, Samples.CREATED)));
    }

    @Override
    public Network create(NetworkRequest request) {
        created.add(request);
        return Samples.NETWORK;
    }

    @Override
    public void remove(NetworkId id) {
        throw new EngineException(ErrorCode.CONFLICT, "network bridge is in use");
    }

    @Override
    public void connect(String container, ContainerNetwork network) {
        asked.add("connect " + container + " to " + network);
    }

    @Override
    public void disconnect(String container, String network) {
        asked.add("disconnect " + container + " from " + network);
    }
}
