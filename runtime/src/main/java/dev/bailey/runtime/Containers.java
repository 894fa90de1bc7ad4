package dev.bailey.runtime;

import dev.bailey.runtime.image.ImageStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The containers of one data root.
 *
 * <p>Every method may be called by any thread, virtual ones too, and throws {@link ContainerException} with a message
 * for the operator. Containers outlive this object: closing it leaves them running, opening it finds them again.
 */
public final class Containers implements AutoCloseable {
    private final RuntimeOptions options;

    private Containers(RuntimeOptions options) {
        this.options = options;
    }

    /**
     * Opens the containers of a data root and brings the host in line with what its files say: containers that ended
     * meanwhile are marked so, half-made ones are undone, what nobody wants is taken away.
     *
     * @param options where things are kept
     * @param network gives each running container its sandbox
     */
    public static Containers open(RuntimeOptions options, SandboxNetwork network) {
        return new Containers(options);
    }

    /**
     * Creates a container without starting it.
     *
     * @param spec what is asked for
     * @return its id
     */
    public ContainerId create(ContainerSpec spec) {
        throw unsupported();
    }

    /**
     * Starts a container's process in its sandbox.
     *
     * @return false when it is running already
     */
    public boolean start(ContainerId id) {
        throw unsupported();
    }

    /**
     * Sends the stop signal, and SIGKILL after the grace; returns when the container has ended.
     *
     * @param grace how long to wait; empty for the container's own, else 10 seconds
     * @return false when it was not running
     */
    public boolean stop(ContainerId id, Optional<Duration> grace) {
        throw unsupported();
    }

    /**
     * Sends a signal to the container's first process.
     *
     * @param signal {@code SIGKILL}, {@code KILL} or {@code 9}
     */
    public void kill(ContainerId id, String signal) {
        throw unsupported();
    }

    /**
     * Removes a container with everything that was made for it.
     *
     * @param force whether a running one is killed first
     */
    public void remove(ContainerId id, boolean force) {
        throw unsupported();
    }

    /** Every container, youngest first. */
    public List<Container> list() {
        throw unsupported();
    }

    /**
     * One container, by id, name, or unique prefix of its id.
     *
     * @param reference what the operator wrote
     */
    public Container inspect(String reference) {
        throw unsupported();
    }

    /**
     * Waits for a container.
     *
     * @return completes with the exit code
     */
    public CompletionStage<Integer> wait(ContainerId id, WaitCondition condition) {
        throw unsupported();
    }

    /**
     * Attaches to a container's streams. Before {@link #start} it waits for the start, so that no byte of the output
     * is missed: attach first, then start.
     */
    public AttachStreams attach(ContainerId id) {
        throw unsupported();
    }

    /** Sets the size of a container's terminal, in characters. */
    public void resize(ContainerId id, int rows, int columns) {
        throw unsupported();
    }

    /** Prepares one more process in a running container. */
    public ExecId execCreate(ContainerId id, ExecSpec spec) {
        throw unsupported();
    }

    /**
     * Starts a prepared process and attaches to its streams; closing them leaves it running. An exec starts once.
     */
    public AttachStreams execStart(ExecId id) {
        throw unsupported();
    }

    /** An exec of a container that is still known; kept until its container stops. */
    public Exec execInspect(ExecId id) {
        throw unsupported();
    }

    /** Sets the size of an exec's terminal, in characters. */
    public void execResize(ExecId id, int rows, int columns) {
        throw unsupported();
    }

    /** A container's logged output. */
    public LogStream logs(ContainerId id, LogQuery query) {
        throw unsupported();
    }

    /**
     * Hears of everything that happens from now on, in order, on a thread of this object; must not block.
     *
     * @return closes the subscription
     */
    public AutoCloseable subscribe(Consumer<ContainerEvent> consumer) {
        throw unsupported();
    }

    /** The loaded images. */
    public ImageStore images() {
        throw unsupported();
    }

    /** Stops watching; the containers go on. */
    @Override
    public void close() {}

    private UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(options.toString());
    }
}
