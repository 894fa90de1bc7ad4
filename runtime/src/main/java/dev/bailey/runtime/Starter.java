package dev.bailey.runtime;

import dev.bailey.engine.model.PortRequest;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.SandboxNetwork.Connection;
import dev.bailey.runtime.conmon.MonitorCommand;
import dev.bailey.runtime.conmon.Monitors;
import dev.bailey.runtime.conmon.PendingAttach;
import dev.bailey.runtime.oci.Bundle;
import dev.bailey.runtime.oci.OciRuntime;
import dev.bailey.runtime.oci.OciSpec;
import dev.bailey.runtime.oci.OciUser;
import dev.bailey.runtime.oci.UserLookup;
import dev.bailey.runtime.rootfs.RootFilesystems;
import dev.bailey.runtime.rootfs.ScopedPath;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.JsonFiles;
import dev.bailey.runtime.state.ProcessIdentity;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds up what a running container needs, and takes it down again. The caller holds the container's lock. */
final class Starter {
    private final Registry registry;
    private final SandboxNetwork network;
    private final RootFilesystems roots;
    private final NetworkFiles networkFiles;
    private final Programs programs;
    private final String cgroupParent;

    Starter(
            Registry registry,
            SandboxNetwork network,
            RootFilesystems roots,
            NetworkFiles networkFiles,
            Programs programs,
            String cgroupParent) {
        this.registry = registry;
        this.network = network;
        this.roots = roots;
        this.networkFiles = networkFiles;
        this.programs = programs;
        this.cgroupParent = cgroupParent;
    }

    /** The programs of this host that run containers, found when first wanted. */
    interface Programs {
        Monitors monitors();

        /** The OCI runtime that works here; finding it out may take a second, once. */
        OciRuntime runtime() throws IOException, InterruptedException;

        /** The OCI runtime if some container of this data root has ever been started. */
        Optional<OciRuntime> knownRuntime();
    }

    /**
     * Starts a container's process and takes note of it; when that fails, everything made for it is taken down.
     *
     * @throws ContainerException when it cannot be started; also when taking down what was made failed
     */
    void start(ManagedContainer container) throws IOException, InterruptedException {
        Monitors monitors = programs.monitors();
        OciRuntime runtime = programs.runtime();
        container.save(container.record().life().starting());
        try {
            int pid = create(container, monitors, runtime);
            ProcessIdentity process = ProcessIdentity.of(pid)
                    .orElseThrow(() -> new ContainerException(
                            Kind.INTERNAL, "container " + container.id + " ended before its program was started"));
            for (PendingAttach pending : container.takePendingAttaches()) {
                pending.connect(Monitors.attach(container.folders.monitor()));
            }
            runtime.start(container.id.value());
            container.save(container.record().life().running(process, Instant.now()));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            takeDownAfter(failure, container);
            throw failure;
        }
    }

    /** Takes down everything that a container has only while it runs; goes on past errors and reports them all. */
    void takeDown(ManagedContainer container) throws IOException {
        ContainerFolders folders = container.folders;
        Failures failures = new Failures();
        failures.attempt(() -> {
            Optional<OciRuntime> runtime = programs.knownRuntime();
            if (runtime.isPresent()) {
                runtime.get().delete(container.id.value());
            }
        });
        failures.attempt(() -> roots.unmount(folders));
        failures.attempt(() -> network.disconnect(container.id));
        failures.attempt(() -> Files.deleteIfExists(folders.exit()));
        // Never while the root is still mounted in it: that would empty what the container wrote.
        if (failures.none()) {
            failures.attempt(() -> Trees.discard(folders.bundle()));
        }
        failures.rethrow("taking down container " + container.id.shortForm());
    }

    /** Gives up what a container has while it exists; its durable folder is left to the caller. */
    void discard(ManagedContainer container) throws IOException {
        network.giveUp(container.id);
        roots.discardScratch(container.folders);
    }

    private void takeDownAfter(Exception failure, ManagedContainer container) {
        container.takePendingAttaches().forEach(PendingAttach::abandon);
        try {
            takeDown(container);
        } catch (IOException | RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    private int create(ManagedContainer container, Monitors monitors, OciRuntime runtime)
            throws IOException, InterruptedException {
        ContainerRecord record = container.record();
        ContainerSpec spec = record.spec();
        Files.createDirectories(container.folders.bundle());
        Files.createDirectories(runtime.root());
        if (spec.networkMode() == NetworkMode.CONTAINER) {
            try (SharedNetwork shared = SharedNetwork.of(owner(container))) {
                return launch(container, monitors, runtime, shared.connection(), shared.files());
            }
        }
        Connection connection = connect(record);
        container.save(withAddresses(spec.networks(), connection));
        List<PortRequest> ports = spec.ports().requests();
        if (!ports.isEmpty()) {
            network.publish(container.id, ports);
        }
        List<Bind> files = networkFiles.write(record, container.folders, connection);
        return launch(container, monitors, runtime, connection, files);
    }

    private ManagedContainer owner(ManagedContainer container) {
        ContainerId owner = new ContainerId(
                NetworkMode.owner(container.record().spec().network()).orElseThrow());
        return registry.find(owner)
                .orElseThrow(() -> new ContainerException(
                        Kind.CONFLICT,
                        "container " + container.record().name() + " has the network of container " + owner.shortForm()
                                + ", which is gone: make it anew"));
    }

    private int launch(
            ManagedContainer container,
            Monitors monitors,
            OciRuntime runtime,
            Connection connection,
            List<Bind> networkFiles)
            throws IOException, InterruptedException {
        ContainerRecord record = container.record();
        ContainerFolders folders = container.folders;
        ContainerSpec spec = record.spec();
        Path root = roots.mount(record, folders);
        Bundle bundle = new Bundle(
                root,
                record.hostname(),
                user(root, record),
                record.arguments(),
                record.environment(),
                record.workingDirectory(),
                spec.tty(),
                connection.namespace(),
                spec.networkMode().hasSandbox(),
                "/" + cgroupParent + "/" + container.id,
                roots.extraMounts(record, folders),
                networkFiles,
                existing(spec.binds()),
                roots.hidden(record));
        Files.writeString(folders.config(), JsonFiles.print(bundle.spec(), OciSpec.class));
        MonitorCommand command = new MonitorCommand(
                record.id(), spec.tty(), spec.openStdin(), spec.openStdin() && !spec.stdinOnce(), folders.monitor());
        return monitors.create(command, runtime, folders.log());
    }

    private Connection connect(ContainerRecord record) {
        ContainerSpec spec = record.spec();
        return switch (spec.networkMode()) {
            case NETWORKS, NONE ->
                network.connect(
                        new ContainerId(record.id()),
                        record.name(),
                        spec.networks().stream().map(record::known).toList());
            case HOST -> Connection.OF_HOST;
            case CONTAINER -> throw new IllegalStateException("who shares a network connects to none");
        };
    }

    private static List<ContainerNetwork> withAddresses(List<ContainerNetwork> networks, Connection connection) {
        return networks.stream()
                .map(each -> Optional.ofNullable(connection.addresses().get(each.network()))
                        .map(each::withLast)
                        .orElse(each))
                .toList();
    }

    private static OciUser user(Path root, ContainerRecord record) throws IOException {
        OciUser user = new UserLookup(root).find(record.user());
        createWorkingDirectory(root, record.workingDirectory());
        return user;
    }

    private static void createWorkingDirectory(Path root, String inside) throws IOException {
        Path folder = ScopedPath.resolve(root, inside);
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException file) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT, "cannot start in \"" + inside + "\": it is not a folder of the image", file);
        }
    }

    private static List<Bind> existing(List<Bind> binds) throws IOException {
        List<Bind> existing = new ArrayList<>();
        for (Bind bind : binds) {
            Path source = Path.of(bind.source());
            if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(source);
            }
            existing.add(bind);
        }
        return existing;
    }
}
