package dev.bailey.runtime;

import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.PidFd;
import dev.bailey.linux.Signal;
import dev.bailey.runtime.ContainerEvent.Action;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.oci.RuntimeMessages;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.JsonFiles;
import dev.bailey.runtime.state.Life;
import dev.bailey.runtime.state.Life.Phase;
import dev.bailey.runtime.state.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a container's life after it was created. Safe for any thread. */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
    /** How long a container may take to end after SIGKILL: the kernel may have to finish its I/O. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);
    /** How long conmon may take to report an end that has happened. */
    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(2);
    /** What stands for the exit code of a process whose end nobody saw. */
    static final int UNKNOWN_EXIT = 255;

    private final Registry registry;
    private final Starter starter;
    private final Execs execs;
    private final EventBus events;

    Lifecycle(Registry registry, Starter starter, Execs execs, EventBus events) {
        this.registry = registry;
        this.starter = starter;
        this.execs = execs;
        this.events = events;
    }

    /** Starts a container; false when it is running already. */
    boolean start(ManagedContainer container) {
        container.lock.lock();
        try {
            if (container.running()) {
                return false;
            }
            requirePresent(container);
            startLocked(container);
            return true;
        } finally {
            container.lock.unlock();
        }
    }

    private void startLocked(ManagedContainer container) {
        execs.forget(container.id);
        try {
            starter.start(container);
            events.publish(Action.START, container.record(), Map.of());
            // The watcher passes over what ends before it counts as running.
            if (Files.exists(container.folders.exit())) {
                Thread.startVirtualThread(() -> settle(container));
            }
        } catch (IOException | InterruptedException | RuntimeException failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            startFailed(container, failure, message);
            throw failure instanceof RuntimeException known
                    ? known
                    : new ContainerException(
                            Kind.INTERNAL,
                            "cannot start container " + container.id.shortForm() + ": " + message,
                            failure);
        }
    }

    private void startFailed(ManagedContainer container, Exception failure, String message) {
        try {
            container.happened(
                    container.record().life().failed(RuntimeMessages.exitCode(message), message, Instant.now()));
            if (container.record().spec().autoRemove()) {
                removeLocked(container);
            }
        } catch (IOException | RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** Sends the stop signal, then SIGKILL after the grace; false when the container was not running. */
    boolean stop(ManagedContainer container, Duration grace) {
        if (!container.running()) {
            return false;
        }
        CompletableFuture<Integer> end = container.nextExit();
        signal(container, SpecValidation.signal(container.record().stopSignal()));
        boolean ended = grace.isNegative() ? awaitEnd(end) : awaitEnd(end, grace);
        if (!ended) {
            killAndAwait(container, end);
        }
        events.publish(Action.STOP, container.record(), Map.of());
        return true;
    }

    /** Sends a signal to the first process of a running container. */
    void kill(ManagedContainer container, Signal signal) {
        if (!container.running()) {
            throw new ContainerException(
                    Kind.CONFLICT,
                    "cannot kill container: " + container.record().name() + ": container " + container.id
                            + " is not running");
        }
        signal(container, signal);
    }

    /** Removes a container; a running one only by force. */
    void remove(ManagedContainer container, boolean force) {
        if (container.running() && !force) {
            throw new ContainerException(
                    Kind.CONFLICT,
                    "cannot remove container \"" + container.record().name()
                            + "\": container is running: stop the container before removing or force remove");
        }
        if (container.running()) {
            killAndAwait(container, container.nextExit());
        }
        container.lock.lock();
        try {
            // With autoRemove, its end has removed it already.
            if (registry.find(container.id).isPresent()) {
                requireNotRunning(container);
                removeLocked(container);
            }
        } catch (IOException failure) {
            throw new ContainerException(
                    Kind.INTERNAL,
                    "cannot remove container " + container.id.shortForm() + ": " + failure.getMessage(),
                    failure);
        } finally {
            container.lock.unlock();
        }
    }

    /** Looks whether a container has ended, and if so does what is to be done then. */
    void settle(ManagedContainer container) {
        container.lock.lock();
        try {
            if (container.running()) {
                OptionalInt exitCode = exitCode(container);
                if (exitCode.isPresent()) {
                    endedLocked(container, exitCode.getAsInt());
                }
            }
        } finally {
            container.lock.unlock();
        }
    }

    /** The exit code of a container that ended while nobody watched; empty while its process lives. */
    OptionalInt exitCode(ManagedContainer container) {
        for (Path file : new Path[] {
            container.folders.exit(), container.folders.monitor().persistedExit()
        }) {
            try {
                String text = Files.readString(file).strip();
                if (text.matches("[0-9]{1,3}")) {
                    return OptionalInt.of(Integer.parseInt(text));
                }
            } catch (NoSuchFileException notYet) {
                continue;
            } catch (IOException unreadable) {
                LOG.error("cannot read {}", file, unreadable);
            }
        }
        ProcessIdentity process = container.record().life().process();
        return process.alive() ? OptionalInt.empty() : withoutReport(container);
    }

    // conmon reports an end a moment after the process is gone. Without conmon nobody ever will.
    private static OptionalInt withoutReport(ManagedContainer container) {
        boolean monitored = MonitorProcesses.alive(container.folders.monitor());
        return monitored ? OptionalInt.empty() : OptionalInt.of(UNKNOWN_EXIT);
    }

    /** Does what is to be done at the end of a container. The caller holds its lock. */
    void endedLocked(ManagedContainer container, int exitCode) {
        boolean outOfMemory = Files.exists(container.folders.monitor().outOfMemory());
        container.happened(container.record().life().exited(exitCode, outOfMemory, Instant.now()));
        try {
            starter.takeDown(container);
        } catch (IOException | RuntimeException failure) {
            LOG.error("after the end of container {}", container.id.shortForm(), failure);
        }
        events.publish(Action.DIE, container.record(), Map.of("exitCode", Integer.toString(exitCode)));
        container.announceExit(exitCode);
        if (container.record().spec().autoRemove()) {
            try {
                removeLocked(container);
            } catch (IOException | RuntimeException failure) {
                LOG.error("removing container {} at its end", container.id.shortForm(), failure);
            }
        }
    }

    /** Removes a container that does not run, with everything of it. The caller holds its lock. */
    void removeLocked(ManagedContainer container) throws IOException {
        if (container.phase() != Phase.REMOVING) {
            container.happened(container.record().life().removing());
        }
        starter.takeDown(container);
        starter.discard(container);
        Trees.discard(container.folders.durable());
        JsonFiles.syncFolder(container.folders.durable().resolveSibling(""));
        execs.forget(container.id);
        registry.remove(container);
        container.announceRemoval();
        events.publish(Action.DESTROY, container.record(), Map.of());
    }

    private void killAndAwait(ManagedContainer container, CompletableFuture<Integer> end) {
        signal(container, Signal.KILL);
        if (!awaitEnd(end, KILL_PATIENCE)) {
            settle(container);
            if (container.running()) {
                throw new ContainerException(
                        Kind.INTERNAL,
                        "container " + container.id.shortForm() + " did not end within " + KILL_PATIENCE.toSeconds()
                                + " s after SIGKILL: it hangs in the kernel");
            }
        }
    }

    private void signal(ManagedContainer container, Signal signal) {
        Life life = container.record().life();
        if (life.process().alive()) {
            try (PidFd process = PidFd.open(life.process().pid())) {
                // Between the look and the hold the pid may have passed on.
                if (life.process().alive()) {
                    process.sendSignal(signal);
                    events.publish(
                            Action.KILL, container.record(), Map.of("signal", Integer.toString(signal.number())));
                    return;
                }
            } catch (LinuxException failure) {
                if (!failure.errno().equals(Errno.ESRCH)) {
                    throw new ContainerException(
                            Kind.INTERNAL,
                            "cannot signal container " + container.id.shortForm() + ": " + failure.getMessage(),
                            failure);
                }
            }
        }
        // It is gone: its end is being reported, or never will be.
        if (!awaitEnd(container.nextExit(), REPORT_PATIENCE)) {
            settle(container);
        }
    }

    private static boolean awaitEnd(CompletableFuture<Integer> end) {
        return awaitEnd(end, Duration.ofDays(36_500));
    }

    private static boolean awaitEnd(CompletableFuture<Integer> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException | ExecutionException interrupted) {
            Thread.currentThread().interrupt();
            throw new ContainerException(
                    Kind.INTERNAL, "interrupted while waiting for a container to end", interrupted);
        }
    }

    private void requirePresent(ManagedContainer container) {
        if (registry.find(container.id).isEmpty()) {
            throw new ContainerException(Kind.NOT_FOUND, "No such container: " + container.id);
        }
        if (container.phase() == Phase.REMOVING) {
            throw new ContainerException(
                    Kind.CONFLICT,
                    "container " + container.id.shortForm() + " is marked for removal and cannot be started");
        }
    }

    private static void requireNotRunning(ManagedContainer container) {
        if (container.running()) {
            throw new ContainerException(
                    Kind.CONFLICT, "container " + container.id.shortForm() + " was started again meanwhile");
        }
    }
}
