package dev.bailey.runtime;

import dev.bailey.runtime.ContainerEvent.Action;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.image.ImageConfig;
import dev.bailey.runtime.image.ImageStore;
import dev.bailey.runtime.image.ResolvedImage;
import dev.bailey.runtime.image.RootSource;
import dev.bailey.runtime.oci.Environment;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.ContainerRecord.ImageRecord;
import dev.bailey.runtime.state.JsonFiles;
import dev.bailey.runtime.state.Life;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates containers: checks, fills in what the image says, and makes the durable folder. Safe for any thread. */
final class Creator {
    /** Marks folders of containers whose making was cut short. */
    static final String UNFINISHED = ".unfinished-";

    private final RuntimeOptions options;
    private final ImageStore images;
    private final Registry registry;
    private final EventBus events;
    private final SandboxNetwork network;

    Creator(RuntimeOptions options, ImageStore images, Registry registry, EventBus events, SandboxNetwork network) {
        this.options = options;
        this.images = images;
        this.registry = registry;
        this.events = events;
        this.network = network;
    }

    ContainerId create(ContainerSpec wanted) {
        SpecValidation.check(wanted);
        ContainerSpec spec = withOwner(wanted);
        ResolvedImage image = images.resolve(spec.image());
        List<String> arguments = arguments(spec, image.config());
        ContainerId id = freshId();
        String name = registry.reserveName(spec.name(), id);
        try {
            network.keep(id, name, spec.networks());
            ContainerRecord record = record(spec, image, arguments, id, name);
            ManagedContainer container =
                    new ManagedContainer(record, ContainerFolders.of(options.dataRoot(), options.execRoot(), id));
            makeFolder(record, container.folders.durable());
            registry.add(container);
            events.publish(Action.CREATE, record, Map.of());
            return id;
        } catch (RuntimeException failure) {
            registry.releaseName(name, id);
            throw failure;
        } catch (IOException failure) {
            registry.releaseName(name, id);
            network.giveUp(id);
            throw new ContainerException(
                    Kind.INTERNAL, "cannot create the container: " + failure.getMessage(), failure);
        }
    }

    /** The other container is known by its id from now on: a name may go to a third one. */
    private ContainerSpec withOwner(ContainerSpec spec) {
        return NetworkMode.owner(spec.network())
                .map(owner -> spec.in(registry.resolve(owner).id))
                .orElse(spec);
    }

    private ContainerId freshId() {
        ContainerId id = ContainerId.random();
        return registry.hasShortId(id) ? freshId() : id;
    }

    private static List<String> arguments(ContainerSpec spec, ImageConfig image) {
        List<String> arguments = new ArrayList<>(spec.entrypoint().orElse(image.entrypoint()));
        // The image's arguments belong to the image's entry point.
        boolean imageCommand = spec.command().isEmpty() && spec.entrypoint().isEmpty();
        arguments.addAll(imageCommand ? image.command() : spec.command());
        if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT, "no command specified: the image \"" + spec.image() + "\" names none");
        }
        return arguments;
    }

    private ContainerRecord record(
            ContainerSpec spec, ResolvedImage image, List<String> arguments, ContainerId id, String name) {
        String hostname = spec.hostname().orElseGet(() -> hostname(spec, id));
        ImageConfig config = image.config();
        return new ContainerRecord(
                ContainerRecord.VERSION,
                id.value(),
                name,
                spec.withExposed(config.exposedPorts()),
                new ImageRecord(
                        image.id(),
                        image.source() instanceof RootSource.Host,
                        image.source().layers().stream().map(Path::toString).toList()),
                arguments,
                Environment.ofContainer(hostname, spec.tty(), config.environment(), spec.environment()),
                spec.workingDirectory().orElse(config.workingDirectory().isEmpty() ? "/" : config.workingDirectory()),
                spec.user().orElse(config.user()),
                hostname,
                spec.stopSignal().orElse(config.stopSignal().isEmpty() ? "SIGTERM" : config.stopSignal()),
                Instant.now(),
                Life.created());
    }

    /** As Docker has it, who shares a network has the name of whose it is as well. */
    private String hostname(ContainerSpec spec, ContainerId id) {
        return switch (spec.networkMode()) {
            case NETWORKS, NONE -> id.shortForm();
            case HOST -> HostFiles.hostname().orElse(id.shortForm());
            case CONTAINER ->
                registry.resolve(NetworkMode.owner(spec.network()).orElseThrow())
                        .record()
                        .hostname();
        };
    }

    private static void makeFolder(ContainerRecord record, Path folder) throws IOException {
        Path unfinished = folder.resolveSibling(UNFINISHED + folder.getFileName());
        try {
            Files.createDirectories(unfinished);
            JsonFiles.write(unfinished.resolve("state.json"), record, ContainerRecord.class);
            Files.move(unfinished, folder);
            JsonFiles.syncFolder(folder.resolveSibling(""));
        } catch (IOException failure) {
            Trees.delete(unfinished);
            throw failure;
        }
    }
}
