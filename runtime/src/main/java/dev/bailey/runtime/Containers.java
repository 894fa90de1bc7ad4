package dev.bailey.runtime;

import dev.bailey.linux.LinuxException;
import dev.bailey.runtime.ContainerEvent.Action;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.conmon.ConmonAttach;
import dev.bailey.runtime.conmon.DirectoryWatcher;
import dev.bailey.runtime.conmon.LogReader;
import dev.bailey.runtime.conmon.Monitors;
import dev.bailey.runtime.image.ImageStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The containers of one data root.
 *
 * <p>Every method may be called by any thread, virtual ones too, and throws {@link ContainerException} with a message
 * for the operator. Containers outlive this object: closing it leaves them running, opening it finds them again.
 */
public final class Containers implements AutoCloseable {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private final Registry registry;
    private final Creator creator;
    private final Lifecycle lifecycle;
    private final Execs execs;
    private final Memberships memberships;
    private final EventBus events;
    private final ImageStore images;
    private final DirectoryWatcher watcher;
    private final Runnable atClose;

    Containers(
            Registry registry,
            Creator creator,
            Lifecycle lifecycle,
            Execs execs,
            Memberships memberships,
            EventBus events,
            ImageStore images,
            DirectoryWatcher watcher,
            Runnable atClose) {
        this.registry = registry;
        this.creator = creator;
        this.lifecycle = lifecycle;
        this.execs = execs;
        this.memberships = memberships;
        this.events = events;
        this.images = images;
        this.watcher = watcher;
        this.atClose = atClose;
    }

    /**
     * Opens the containers of a data root and brings the host in line with what its files say: containers that ended
     * meanwhile are marked so, half-made ones are undone, what nobody wants is taken away.
     *
     * <p>The data root must not be open a second time; the daemon's lock sees to that.
     *
     * @param options where things are kept
     * @param network gives each running container its sandbox
     */
    public static Containers open(RuntimeOptions options, SandboxNetwork network) {
        return Opening.open(options, network);
    }

    /**
     * Creates a container without starting it.
     *
     * @param spec what is asked for
     * @return its id
     */
    public ContainerId create(ContainerSpec spec) {
        return creator.create(spec);
    }

    /**
     * Starts a container's process in its sandbox.
     *
     * @return false when it is running already
     */
    public boolean start(ContainerId id) {
        return lifecycle.start(registry.get(id));
    }

    /**
     * Sends the stop signal, and SIGKILL after the grace; returns when the container has ended.
     *
     * @param grace how long to wait; negative for ever; empty for the container's own, else 10 seconds
     * @return false when it was not running
     */
    public boolean stop(ContainerId id, Optional<Duration> grace) {
        ManagedContainer container = registry.get(id);
        Optional<Duration> own = container.record().spec().stopTimeout();
        return lifecycle.stop(container, grace.or(() -> own).orElse(DEFAULT_GRACE));
    }

    /**
     * Sends a signal to the container's first process.
     *
     * @param signal {@code SIGKILL}, {@code KILL} or {@code 9}
     */
    public void kill(ContainerId id, String signal) {
        lifecycle.kill(registry.get(id), SpecValidation.signal(signal));
    }

    /**
     * Removes a container with everything that was made for it.
     *
     * @param force whether a running one is killed first
     */
    public void remove(ContainerId id, boolean force) {
        lifecycle.remove(registry.get(id), force);
    }

    /**
     * Has a container on one more network, at once if it runs and at every start from now on.
     *
     * @param network the network and what is asked for there
     */
    public void connect(ContainerId id, ContainerNetwork network) {
        memberships.connect(registry.get(id), network);
    }

    /** Takes a container off a network by its name, at once and for good. */
    public void disconnect(ContainerId id, String network) {
        memberships.disconnect(registry.get(id), network);
    }

    /** Every container, youngest first. */
    public List<Container> list() {
        return registry.all().stream()
                .map(Snapshots::of)
                .sorted(Comparator.comparing(Container::createdAt).reversed())
                .toList();
    }

    /**
     * One container, by id, name, or unique prefix of its id.
     *
     * @param reference what the operator wrote
     */
    public Container inspect(String reference) {
        return Snapshots.of(registry.resolve(reference));
    }

    /**
     * Waits for a container.
     *
     * @return completes with the exit code
     */
    public CompletionStage<Integer> wait(ContainerId id, WaitCondition condition) {
        ManagedContainer container = registry.get(id);
        container.lock.lock();
        try {
            return switch (condition) {
                case NOT_RUNNING ->
                    container.running()
                            ? container.nextExit()
                            : CompletableFuture.completedFuture(
                                    container.record().life().exitCode());
                case NEXT_EXIT -> container.nextExit();
                case REMOVED -> container.removed();
            };
        } finally {
            container.lock.unlock();
        }
    }

    /**
     * Attaches to a container's streams. Before {@link #start} it waits for the start, so that no byte of the output
     * is missed: attach first, then start.
     */
    public AttachStreams attach(ContainerId id) {
        ManagedContainer container = registry.get(id);
        container.lock.lock();
        try {
            AttachStreams streams = container.running() ? attached(container) : container.attachLater();
            events.publish(Action.ATTACH, container.record(), Map.of());
            return streams;
        } finally {
            container.lock.unlock();
        }
    }

    private static ConmonAttach attached(ManagedContainer container) {
        try {
            return Monitors.attach(container.folders.monitor());
        } catch (LinuxException failure) {
            throw new ContainerException(
                    Kind.CONFLICT, "cannot attach to container " + container.id + ": " + failure.getMessage(), failure);
        }
    }

    /** Sets the size of a container's terminal, in characters. */
    public void resize(ContainerId id, int rows, int columns) {
        ManagedContainer container = registry.get(id);
        container.requireRunning();
        try {
            Monitors.resize(container.folders.monitor(), rows, columns);
            events.publish(
                    Action.RESIZE,
                    container.record(),
                    Map.of("height", Integer.toString(rows), "width", Integer.toString(columns)));
        } catch (IOException failure) {
            throw new ContainerException(
                    Kind.INTERNAL,
                    "cannot resize the terminal of container " + id + ": " + failure.getMessage(),
                    failure);
        }
    }

    /** Prepares one more process in a running container. */
    public ExecId execCreate(ContainerId id, ExecSpec spec) {
        return execs.create(registry.get(id), spec);
    }

    /**
     * Starts a prepared process and attaches to its streams; closing them leaves it running. An exec starts once.
     */
    public AttachStreams execStart(ExecId id) {
        return execs.start(id);
    }

    /** An exec of a container that is still known; kept until its container is removed or started again. */
    public Exec execInspect(ExecId id) {
        return execs.inspect(id);
    }

    /**
     * Waits until an exec has ended, so that its exit code can be asked for, or the time is over.
     *
     * @param limit how long to wait at most
     */
    public void execAwait(ExecId id, Duration limit) throws InterruptedException {
        execs.awaitEnd(id, limit);
    }

    /** Sets the size of an exec's terminal, in characters. */
    public void execResize(ExecId id, int rows, int columns) {
        execs.resize(id, rows, columns);
    }

    /** A container's logged output; closed by the caller. */
    public LogStream logs(ContainerId id, LogQuery query) {
        ManagedContainer container = registry.get(id);
        try {
            LogReader reader =
                    new LogReader(container.folders.log(), query, watcher, container::running, container::unfollow);
            container.follow(reader);
            return reader;
        } catch (IOException failure) {
            throw new ContainerException(
                    Kind.INTERNAL, "cannot read the log of container " + id + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Hears of everything that happens from now on, in order, on a thread of this object; must not block.
     *
     * @return closes the subscription
     */
    public AutoCloseable subscribe(Consumer<ContainerEvent> consumer) {
        return events.subscribe(consumer);
    }

    /** The loaded images. */
    public ImageStore images() {
        return images;
    }

    /** Stops watching; the containers go on. */
    @Override
    public void close() {
        watcher.close();
        events.close();
        atClose.run();
    }
}
