package dev.bailey.runtime;

import dev.bailey.linux.MountTable;
import dev.bailey.linux.Mounts;
import dev.bailey.runtime.oci.OciRuntime;
import dev.bailey.runtime.oci.OciRuntime.State;
import dev.bailey.runtime.rootfs.Cgroups;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.Life;
import dev.bailey.runtime.state.Life.Phase;
import dev.bailey.runtime.state.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the host in line with the state files, once, at start.
 *
 * <p>Wanted is what belongs to a container whose process runs. Observed are the processes, mounts, OCI states, cgroups,
 * sandboxes and folders below Bailey's own roots. What is observed and not wanted goes; a running container is never
 * touched. It can be broken off and done again at any point.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** The exit code of a start that did not happen. */
    private static final int CUT_SHORT = 128;

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);
    private static final long KILL_PAUSE_MILLIS = 20;

    private final RuntimeOptions options;
    private final Registry registry;
    private final Set<ContainerId> unreadable;
    private final Lifecycle lifecycle;
    private final SandboxNetwork network;
    private final Optional<OciRuntime> runtime;
    private final MountTable mounts;
    private final Cgroups cgroups;

    /** @param unreadable the containers whose state is not known, and which are therefore left alone */
    Recovery(
            RuntimeOptions options,
            Registry registry,
            Set<ContainerId> unreadable,
            Lifecycle lifecycle,
            SandboxNetwork network,
            Optional<OciRuntime> runtime,
            MountTable mounts) {
        this.options = options;
        this.registry = registry;
        this.unreadable = unreadable;
        this.lifecycle = lifecycle;
        this.network = network;
        this.runtime = runtime;
        this.mounts = mounts;
        this.cgroups = new Cgroups(options.cgroupParent(), mounts);
    }

    /** Does it. A container that cannot be dealt with is logged and left as it is, and the others go on. */
    void run() throws IOException, InterruptedException {
        for (ManagedContainer container : List.copyOf(registry.all())) {
            if (container.phase() == Phase.STARTING) {
                settleStart(container);
            }
        }
        Set<String> running = new HashSet<>();
        List<ManagedContainer> ended = new ArrayList<>();
        for (ManagedContainer container : registry.all()) {
            if (container.running() && lifecycle.exitCode(container).isEmpty()) {
                running.add(container.id.value());
            } else {
                ended.add(container);
            }
        }
        unreadable.forEach(id -> running.add(id.value()));
        removeUnwanted(running);
        for (ManagedContainer container : ended) {
            finish(container);
        }
    }

    /** A start that was cut short counts if its program runs; otherwise it never happened. */
    private void settleStart(ManagedContainer container) throws IOException, InterruptedException {
        Optional<State> state = runtime.isPresent() ? runtime.get().state(container.id.value()) : Optional.empty();
        Optional<ProcessIdentity> process = state.filter(s -> OciRuntime.status(s) == OciRuntime.Status.RUNNING)
                .flatMap(s -> ProcessIdentity.of(s.pid()));
        Life life = container.record().life();
        if (process.isPresent() || Files.exists(container.folders.exit())) {
            LOG.info("container {} was started just before the daemon ended", container.id.shortForm());
            container.save(life.running(process.orElse(ProcessIdentity.NONE), Instant.now()));
        }
    }

    private void removeUnwanted(Set<String> running) throws IOException, InterruptedException {
        Set<Path> runningBundles = running.stream()
                .map(id -> folders(new ContainerId(id)).bundle())
                .collect(Collectors.toSet());
        killUnwanted(running, runningBundles);
        for (String name : cgroups.names()) {
            if (!running.contains(name)) {
                attempt("cgroup " + name, () -> cgroups.remove(name));
            }
        }
        for (Path target : mounts.below(options.execRoot().resolve("containers"))) {
            if (runningBundles.stream().noneMatch(target::startsWith)) {
                attempt("mount " + target, () -> Mounts.unmount(target, true));
            }
        }
        for (ContainerId sandbox : network.sandboxes()) {
            if (!running.contains(sandbox.value())) {
                attempt("sandbox " + sandbox.shortForm(), () -> network.disconnect(sandbox));
            }
        }
        removeFolders(runningBundles);
    }

    /** Ends conmon, OCI runtimes and container processes of containers that do not run, until none is left. */
    private void killUnwanted(Set<String> running, Set<Path> runningBundles) throws IOException, InterruptedException {
        Path bundles = options.execRoot().resolve("containers");
        long deadline = System.nanoTime() + KILL_PATIENCE.toNanos();
        while (true) {
            Set<Integer> monitors = MonitorProcesses.mentioning(bundles);
            for (Path bundle : runningBundles) {
                monitors.removeAll(MonitorProcesses.mentioning(bundle));
            }
            for (int pid : monitors) {
                MonitorProcesses.kill(pid, bundles);
            }
            boolean busy = forgetInRuntime(running) | killInCgroups(running) | !monitors.isEmpty();
            if (!busy) {
                return;
            }
            if (System.nanoTime() > deadline) {
                LOG.error("processes of containers that should not run do not end: {}", monitors);
                return;
            }
            Thread.sleep(KILL_PAUSE_MILLIS);
        }
    }

    private boolean forgetInRuntime(Set<String> running) throws IOException {
        boolean found = false;
        if (runtime.isPresent()) {
            for (Path state : children(runtime.get().root())) {
                String id = state.getFileName().toString();
                if (!running.contains(id)) {
                    found = true;
                    attempt("OCI state " + id, () -> runtime.get().delete(id));
                    // What was cut short while being made has no state that a runtime could delete.
                    attempt("OCI state " + id, () -> Trees.delete(state));
                }
            }
        }
        return found;
    }

    private boolean killInCgroups(Set<String> running) throws IOException {
        boolean found = false;
        for (String name : cgroups.names()) {
            if (!running.contains(name)) {
                for (int pid : cgroups.processes(name)) {
                    found = true;
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
        return found;
    }

    private void removeFolders(Set<Path> runningBundles) throws IOException {
        for (Path bundle : children(options.execRoot().resolve("containers"))) {
            if (!runningBundles.contains(bundle)) {
                attempt("folder " + bundle, () -> Trees.delete(bundle));
            }
        }
        Set<Path> scratches = known().map(id -> folders(id).scratch()).collect(Collectors.toSet());
        for (Path scratch : children(options.execRoot().resolve("scratch"))) {
            if (!scratches.contains(scratch)) {
                for (Path target : mounts.below(scratch)) {
                    attempt("mount " + target, () -> Mounts.unmount(target, true));
                }
                attempt("folder " + scratch, () -> Trees.delete(scratch));
            }
        }
        Set<Path> exits = known().map(id -> folders(id).exit()).collect(Collectors.toSet());
        for (Path exit : children(ContainerFolders.exits(options.execRoot()))) {
            if (!exits.contains(exit)) {
                attempt("exit code " + exit, () -> Files.deleteIfExists(exit));
            }
        }
    }

    private Stream<ContainerId> known() {
        return Stream.concat(registry.all().stream().map(container -> container.id), unreadable.stream());
    }

    private ContainerFolders folders(ContainerId id) {
        return ContainerFolders.of(options.dataRoot(), options.execRoot(), id);
    }

    /** Takes a container that does not run to the end of the step it was in. */
    private void finish(ManagedContainer container) {
        container.lock.lock();
        try {
            switch (container.phase()) {
                case CREATED, EXITED -> {}
                case STARTING -> undoStart(container);
                case RUNNING -> {
                    OptionalInt exitCode = lifecycle.exitCode(container);
                    lifecycle.endedLocked(container, exitCode.orElse(Lifecycle.UNKNOWN_EXIT));
                }
                case REMOVING -> lifecycle.removeLocked(container);
            }
            if (container.phase() == Phase.EXITED
                    && container.record().spec().autoRemove()
                    && registry.find(container.id).isPresent()) {
                lifecycle.removeLocked(container);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.error("recovering container {}", container.id.shortForm(), failure);
        } finally {
            container.lock.unlock();
        }
    }

    private static void undoStart(ManagedContainer container) throws IOException {
        Life life = container.record().life();
        container.save(life.failed(CUT_SHORT, "the daemon ended while the container was being started", Instant.now()));
    }

    private static void attempt(String what, Failures.Step step) {
        Failures failures = new Failures();
        failures.attempt(step);
        try {
            failures.rethrow("removing what was left of " + what);
        } catch (IOException failure) {
            LOG.error(failure.getMessage(), failure);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(children::add);
            }
        }
        return children;
    }
}
