package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.state.ContainerRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Containers that join and leave networks after they were made, be they running or not. Safe for any thread. */
final class Memberships {
    private static final Logger LOG = LoggerFactory.getLogger(Memberships.class);

    private final SandboxNetwork network;
    private final NetworkFiles files;

    Memberships(SandboxNetwork network, NetworkFiles files) {
        this.network = network;
        this.files = files;
    }

    /** Has a container on one more network, at once and at every start from now on. */
    void connect(ManagedContainer container, ContainerNetwork wanted) {
        SpecValidation.check(wanted);
        container.lock.lock();
        try {
            requireNetworks(container);
            List<ContainerNetwork> networks =
                    new ArrayList<>(container.record().spec().networks());
            if (find(networks, wanted.network()).isPresent()) {
                throw new ContainerException(
                        Kind.CONFLICT,
                        "container " + container.record().name() + " is on network " + wanted.network() + " already");
            }
            networks.add(wanted);
            network.keep(container.id, container.record().name(), networks);
            try {
                join(container, networks, wanted);
            } catch (RuntimeException | IOException failure) {
                keepOnly(container, failure);
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritten(container, failure);
        } finally {
            container.lock.unlock();
        }
    }

    private static void requireNetworks(ManagedContainer container) {
        ContainerSpec spec = container.record().spec();
        if (spec.networkMode() != NetworkMode.NETWORKS) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT,
                    "container " + container.record().name() + " has network " + spec.network()
                            + " and cannot be connected to any other: make it anew with --network NETWORK");
        }
    }

    private void join(ManagedContainer container, List<ContainerNetwork> networks, ContainerNetwork wanted)
            throws IOException {
        if (!container.running()) {
            container.save(networks);
            return;
        }
        SandboxNetwork.Addresses addresses =
                network.join(container.id, container.record().known(wanted));
        networks.set(networks.size() - 1, wanted.withLast(addresses));
        try {
            container.save(networks);
        } catch (IOException failure) {
            network.leave(container.id, wanted.network());
            throw failure;
        }
        follow(container, record -> files.join(record, container.folders, addresses));
    }

    /** Does something to the files that show a container its networks. */
    @FunctionalInterface
    private interface Change {
        void apply(ContainerRecord record) throws IOException;
    }

    /** The container is on its networks whether names resolve or not. */
    private void follow(ManagedContainer container, Change ofHosts) {
        try {
            ofHosts.apply(container.record());
            files.follow(container.record(), container.folders, network.hasResolver(container.id));
        } catch (IOException failure) {
            LOG.warn("hosts or resolv.conf of container {} stays as it was", container.id.shortForm(), failure);
        }
    }

    /** After a failure: the addresses of the networks that it is on as before. */
    private void keepOnly(ManagedContainer container, Exception failure) {
        try {
            network.giveUp(container.id);
            network.keep(
                    container.id,
                    container.record().name(),
                    container.record().spec().networks());
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** Takes a container off a network, at once and for good. */
    void disconnect(ManagedContainer container, String name) {
        container.lock.lock();
        try {
            List<ContainerNetwork> networks =
                    new ArrayList<>(container.record().spec().networks());
            ContainerNetwork left = find(networks, name)
                    .orElseThrow(() -> new ContainerException(
                            Kind.CONFLICT,
                            "container " + container.record().name() + " is not connected to network " + name));
            if (container.running()) {
                network.leave(container.id, name);
                follow(container, record -> files.leave(record, container.folders, left));
            }
            networks.remove(left);
            container.save(networks);
            network.giveUp(container.id);
            network.keep(container.id, container.record().name(), networks);
        } catch (IOException failure) {
            throw unwritten(container, failure);
        } finally {
            container.lock.unlock();
        }
    }

    private static Optional<ContainerNetwork> find(List<ContainerNetwork> networks, String name) {
        return networks.stream().filter(each -> each.network().equals(name)).findFirst();
    }

    private static ContainerException unwritten(ManagedContainer container, IOException failure) {
        return new ContainerException(
                Kind.INTERNAL,
                "cannot write down the networks of container " + container.id.shortForm() + ": " + failure.getMessage(),
                failure);
    }
}
