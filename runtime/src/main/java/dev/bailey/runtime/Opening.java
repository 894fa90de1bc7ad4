package dev.bailey.runtime;

import dev.bailey.linux.MountTable;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.conmon.DirectoryWatcher;
import dev.bailey.runtime.image.ImageStore;
import dev.bailey.runtime.rootfs.Cgroups;
import dev.bailey.runtime.rootfs.RootFilesystems;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.VersionedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of the façade together: reads the state files, recovers, and starts watching. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final RuntimeOptions options;
    private final Registry registry = new Registry();
    private final Set<ContainerId> unreadable = new HashSet<>();

    private Opening(RuntimeOptions options) {
        this.options = options;
    }

    static Containers open(RuntimeOptions options, SandboxNetwork network) {
        try {
            return new Opening(options).open(network);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ContainerException(Kind.INTERNAL, "opening the containers was interrupted", interrupted);
        } catch (IOException failure) {
            throw new ContainerException(
                    Kind.INTERNAL,
                    "cannot open the containers in " + options.dataRoot() + ": " + failure.getMessage(),
                    failure);
        }
    }

    private Containers open(SandboxNetwork network) throws IOException, InterruptedException {
        SpecValidation.check(options.dns().get());
        Path containers = Files.createDirectories(options.dataRoot().resolve("containers"));
        for (String folder : List.of("containers", "scratch", "exits")) {
            Files.createDirectories(options.execRoot().resolve(folder));
        }
        MountTable mounts = MountTable.read();
        ImageStore images = new ImageStore(options.dataRoot().resolve("images"), mounts);
        readStates(containers);

        EventBus events = new EventBus();
        HostPrograms programs = new HostPrograms(options);
        NetworkFiles files = new NetworkFiles(options.dns(), HostResolvConf::render);
        Starter starter = new Starter(
                registry,
                network,
                new RootFilesystems(List.of(options.dataRoot(), options.execRoot())),
                files,
                programs,
                options.cgroupParent());
        Execs execs = new Execs(programs, events);
        Lifecycle lifecycle = new Lifecycle(registry, starter, execs, events);
        // Watching comes first: an end during the recovery is then seen by one or the other.
        DirectoryWatcher watcher = new DirectoryWatcher();
        watcher.watch(ContainerFolders.exits(options.execRoot()), () -> settleEnded(lifecycle));
        keepAddresses(network);
        new Recovery(options, registry, unreadable, lifecycle, network, programs.knownRuntime(), mounts).run();
        return new Containers(
                registry,
                new Creator(options, images, registry, events, network),
                lifecycle,
                execs,
                new Memberships(network, files),
                events,
                images,
                watcher,
                () -> removeEmptyCgroups(mounts));
    }

    /** What was asked for by name stays the container's, before anybody can ask for it. */
    private void keepAddresses(SandboxNetwork network) {
        for (ManagedContainer container : registry.all()) {
            try {
                network.keep(
                        container.id,
                        container.record().name(),
                        container.record().spec().networks());
            } catch (RuntimeException refusal) {
                LOG.warn(
                        "the addresses of container {} are not kept: {}",
                        container.record().name(),
                        refusal.getMessage());
            }
        }
    }

    /** Called by the watcher: must not block, so each end is dealt with on a thread of its own. */
    private void settleEnded(Lifecycle lifecycle) {
        for (ManagedContainer container : registry.all()) {
            if (container.running() && Files.exists(container.folders.exit())) {
                Thread.ofVirtual().name("end-" + container.id.shortForm()).start(() -> lifecycle.settle(container));
            }
        }
    }

    private void readStates(Path containers) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(containers)) {
            stream.forEach(folders::add);
        }
        for (Path folder : folders) {
            String name = folder.getFileName().toString();
            if (name.startsWith(".")) {
                // Not yet made or already removed: either way nobody knows it.
                Trees.delete(folder);
            } else if (name.matches("[0-9a-f]{64}")) {
                readState(new ContainerId(name));
            }
        }
    }

    private void readState(ContainerId id) throws IOException {
        ContainerFolders folders = ContainerFolders.of(options.dataRoot(), options.execRoot(), id);
        new VersionedFile<>(folders.state(), ContainerRecord.class, ContainerRecord.VERSION, ContainerRecord::version)
                .read()
                .ifPresentOrElse(record -> registry.add(new ManagedContainer(record, folders)), () -> leaveAlone(id));
    }

    private void leaveAlone(ContainerId id) {
        LOG.error("container {} has no readable state file: it is not listed, and nothing of it is touched", id);
        unreadable.add(id);
    }

    private void removeEmptyCgroups(MountTable mounts) {
        try {
            new Cgroups(options.cgroupParent(), mounts).removeEmptyParents();
        } catch (IOException busy) {
            LOG.debug("cgroups stay", busy);
        }
    }
}
