package dev.bailey.runtime;

import dev.bailey.engine.model.PortRequest;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A network that gives each container an empty namespace; what it has made is in the file system, so that it survives. */
final class FakeNetwork implements SandboxNetwork {
    private final Path folder;
    volatile boolean refuse;

    FakeNetwork(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public Connection connect(ContainerId id, String name, List<ContainerNetwork> networks) {
        if (refuse) {
            throw new ContainerException(ContainerException.Kind.CONFLICT, "no address is free");
        }
        Path file = folder.resolve(id.value());
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.bindTo(file);
        } catch (LinuxException failure) {
            throw new UncheckedIOException(failure);
        }
        Map<String, Addresses> addresses =
                networks.stream().collect(Collectors.toMap(ContainerNetwork::network, FakeNetwork::address));
        return new Connection(Optional.of(file), addresses, "172.17.0.1", false);
    }

    private static Addresses address(ContainerNetwork network) {
        return new Addresses(Optional.of(network.address().orElse("172.17.0.2")), network.ipv6Address());
    }

    @Override
    public Addresses join(ContainerId id, ContainerNetwork network) {
        return address(network);
    }

    @Override
    public void leave(ContainerId id, String network) {}

    @Override
    public void keep(ContainerId id, String name, List<ContainerNetwork> networks) {}

    @Override
    public void giveUp(ContainerId id) {}

    @Override
    public boolean hasResolver(ContainerId id) {
        return false;
    }

    @Override
    public void publish(ContainerId id, List<PortRequest> ports) {}

    @Override
    public void disconnect(ContainerId id) {
        try {
            NetworkNamespace.unbind(folder.resolve(id.value()));
        } catch (LinuxException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Set<ContainerId> sandboxes() {
        Set<ContainerId> ids = new HashSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(file -> ids.add(new ContainerId(file.getFileName().toString())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return ids;
    }
}
