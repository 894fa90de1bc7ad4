package dev.bailey.engine;

import dev.bailey.engine.dns.SandboxResolvers;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.linux.LinuxKernel;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Gateways;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.reconcile.Alarm;
import dev.bailey.engine.reconcile.AlarmThread;
import dev.bailey.engine.reconcile.Writer;
import dev.bailey.engine.reconcile.WriterThread;
import dev.bailey.engine.store.StateStore;
import dev.bailey.engine.store.StoreException;
import dev.bailey.engine.view.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks for sandboxes: the façade of the engine.
 *
 * <p>Every method may be called from any thread, a virtual one too; those that change something wait for the one writer
 * thread and, where the change must survive a power cut, for the disk. A request is refused before anything is done, or
 * done whole, or taken back whole.
 *
 * <p>Closing an engine leaves the kernel as it is: packets go on, and the next engine on the same data root takes over.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration NAMES_LIMIT = Duration.ofSeconds(5);

    private final Writer writer;
    private final Alarm alarm;
    private final Kernel kernel;
    private final StateStore store;
    private final EngineCore core;
    private final List<Consumer<EngineEvent>> subscribers = new CopyOnWriteArrayList<>();

    private Engine(EngineOptions options, Kernel kernel, StateStore store, Writer writer, Alarm alarm) {
        this.kernel = kernel;
        this.store = store;
        this.writer = writer;
        this.alarm = alarm;
        this.core = new EngineCore(options, kernel, store, writer::post, alarm, this::publish);
    }

    /**
     * Starts an engine on this machine's kernel, in the network namespace of the calling thread: opens the store, makes the
     * default network where there is none, and mends what differs from what the store remembers.
     *
     * @throws EngineException when the data root is in use, the store is broken or from a newer version, or the kernel
     *     refuses what every network needs
     */
    public static Engine start(EngineOptions options) {
        StateStore store = openStore(options);
        Kernel kernel;
        try {
            kernel = LinuxKernel.open();
        } catch (KernelException refusal) {
            store.close();
            throw EngineException.of("use this kernel's network", refusal);
        }
        return start(options, kernel, store);
    }

    /**
     * Takes everything away that engines with this data root have made on this machine's kernel, in the network namespace of
     * the calling thread: host ends, namespaces of their own, bridges of their own, the rules of every backend; settings of
     * the host get the values back that they had. What is remembered of networks stays, so that a later engine makes them
     * again as they were. Goes on past refusals.
     *
     * @throws EngineException when an engine runs on the data root, or something could not be removed
     */
    public static void dismantle(EngineOptions options) {
        try (StateStore store = openStore(options);
                Kernel kernel = LinuxKernel.open()) {
            new Dismantling(options, kernel, store).run();
        } catch (KernelException refusal) {
            throw EngineException.of("use this kernel's network", refusal);
        }
    }

    private static StateStore openStore(EngineOptions options) {
        try {
            return StateStore.open(options.dataRoot());
        } catch (StoreException refusal) {
            throw new EngineException(ErrorCode.UNAVAILABLE, String.valueOf(refusal.getMessage()), refusal);
        }
    }

    /**
     * Starts an engine on a given kernel and store, both of which it closes when it is closed; for tests.
     */
    public static Engine start(EngineOptions options, Kernel kernel, StateStore store) {
        return start(options, kernel, store, new AlarmThread("bailey-alarm"));
    }

    /** Starts an engine as {@link #start(EngineOptions, Kernel, StateStore)} does, in a time that is given. */
    static Engine start(EngineOptions options, Kernel kernel, StateStore store, Alarm alarm) {
        return start(options, kernel, store, new WriterThread("bailey-writer", kernel::isHome), alarm);
    }

    /** Starts an engine on parts that are given, all of which it closes when it is closed. */
    static Engine start(EngineOptions options, Kernel kernel, StateStore store, Writer writer, Alarm alarm) {
        Engine engine = new Engine(options, kernel, store, writer, alarm);
        try {
            kernel.watch(engine.core::hear);
            engine.writer.call(() -> {
                engine.core.recover();
                return true;
            });
            return engine;
        } catch (RuntimeException | Error failure) {
            engine.close();
            throw failure;
        }
    }

    /** Returns everything that exists at this moment, without waiting. */
    public Snapshot snapshot() {
        return core.snapshot();
    }

    /**
     * Makes a sandbox with a network namespace of the engine's own; some 2 ms.
     *
     * @param id its id; a container's sandbox has the container's
     * @param name the name to know it by
     * @throws EngineException CONFLICT when id or name are taken
     */
    public Sandbox createSandbox(SandboxId id, String name) {
        return writer.call(() -> core.createSandbox(id, name));
    }

    /**
     * Removes a sandbox: detaches its endpoints and, where the engine made it, lets its namespace go. A sandbox that is not
     * there is no error.
     */
    public void removeSandbox(SandboxId id) {
        writer.await(writer.call(() -> core.detachAll(id)));
        writer.call(() -> {
            core.removeSandbox(id);
            return true;
        });
    }

    /**
     * Makes a network, with its bridge and its rules, in force at once and for good: it survives a loss of power. O(networks
     * + addresses and routes of the host).
     *
     * @throws EngineException INVALID_ARGUMENT when the parts do not fit each other; CONFLICT when the name, the bridge or
     *     addresses are taken, naming the holder; EXHAUSTED when no subnet of the pools is free
     */
    public Network createNetwork(NetworkRequest request) {
        Instant now = Instant.now();
        return writer.call(() -> core.createNetwork(request, now));
    }

    /**
     * Removes a network without endpoints; returns when its bridge is gone. O(networks).
     *
     * @throws EngineException NOT_FOUND when there is no such network; CONFLICT when it has endpoints, which are named, or is
     *     the default one
     */
    public void removeNetwork(NetworkId id) {
        writer.await(writer.call(() -> core.removeNetwork(id)));
    }

    /**
     * Publishes more ports of an endpoint, all or none. Packets find them as soon as this returns; those of a UDP sender that
     * sent to them before find them some milliseconds later.
     *
     * @return what leads to what, in the order of the requests
     * @throws EngineException NOT_FOUND when there is no such endpoint; CONFLICT, naming who has a port; INVALID_ARGUMENT when
     *     an address is none of the host's or the network is internal; EXHAUSTED when no port is free
     */
    public List<PortMapping> publish(EndpointId id, List<PortRequest> requests) {
        return writer.callHere(() -> core.publish(id, requests));
    }

    /**
     * Publishes more ports of a sandbox, all or none, of those endpoints that {@link Gateways} says.
     *
     * @return what leads to what, endpoint by endpoint
     * @throws EngineException as {@link #publish(EndpointId, List)}, and NOT_FOUND when the sandbox is on no network
     */
    public List<PortMapping> publish(SandboxId id, List<PortRequest> requests) {
        return writer.callHere(() -> core.publish(id, requests));
    }

    /**
     * Ends the publication of ports of an endpoint, all or none. Connections that came by them end some milliseconds later.
     *
     * @throws EngineException NOT_FOUND when there is no such endpoint, or it does not publish one of them
     */
    public void unpublish(EndpointId id, List<PortMapping> mappings) {
        writer.callHere(() -> {
            core.unpublish(id, mappings);
            return true;
        });
    }

    /**
     * Joins a sandbox to a network: two sends on netlink, whatever else exists, and a third where it publishes ports. It
     * survives the end of this process at once; a loss of power would take the sandbox as well, so the disk is not waited
     * for. Names resolve in the sandbox when this returns.
     *
     * @throws EngineException NOT_FOUND for the network, the sandbox or the namespace; CONFLICT when the address or the
     *     interface name is taken, or a port, naming who has it; EXHAUSTED when the subnet, the bridge or the range of
     *     ports is full
     */
    public Endpoint attach(AttachRequest request) {
        Endpoint endpoint = writer.callHere(() -> core.attach(request));
        awaitNames(endpoint);
        return endpoint;
    }

    /** Names that are late must not hold a container up for ever. */
    private void awaitNames(Endpoint endpoint) {
        boolean late = core.state()
                .followNames(endpoint.sandbox())
                .thenApply(nothing -> false)
                .completeOnTimeout(true, NAMES_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (late) {
            LOG.warn(
                    "endpoint {} is there, and its names are not yet",
                    endpoint.id().shortForm());
        }
    }

    /**
     * Keeps an address of a network for a sandbox, be it there or not, until {@link #giveUpAddresses}: nobody else gets it.
     * Not written down: whoever keeps sandboxes asks again after a start, before anybody attaches. O(1).
     *
     * @param sandbox whose it is
     * @param name what the sandbox is known by, for those who ask for the address as well
     * @throws EngineException NOT_FOUND for the network; CONFLICT naming who has the address; INVALID_ARGUMENT when no
     *     endpoint can have it
     */
    public void keepAddress(SandboxId sandbox, String name, String network, IpAddress address) {
        writer.call(() -> {
            core.keepAddress(sandbox, name, network, address);
            return true;
        });
    }

    /** Keeps no address for a sandbox any more; leases stay as they are. */
    public void giveUpAddresses(SandboxId sandbox) {
        writer.call(() -> {
            core.giveUpAddresses(sandbox);
            return true;
        });
    }

    /**
     * Takes a sandbox off a network; returns when the kernel says that the link is gone, and before that is recorded: what
     * comes next on any thread finds it recorded, and a start after a crash finds out by itself.
     *
     * @throws EngineException NOT_FOUND when there is no such endpoint
     */
    public void detach(EndpointId id) {
        writer.await(writer.callHere(() -> core.detach(id)));
    }

    /**
     * Returns whether the writer does its work: takes and finishes an empty task within this time. The answer for a
     * watchdog, since whatever hangs in the kernel or on the disk hangs there.
     *
     * @param limit how long to wait; a thread that is interrupted meanwhile gets false
     */
    public boolean responds(Duration limit) {
        try {
            return writer.submit(() -> true).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException | RejectedExecutionException unanswered) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Changes what the default network lets through, at once and for the endpoints that it has as well; nothing where there
     * is no default network. O(its endpoints).
     *
     * @throws EngineException when the kernel refuses; then everything is as it was
     */
    public void changeDefaultNetwork(NetworkOptions options) {
        writer.call(() -> {
            core.changeDefaultNetwork(options);
            return true;
        });
    }

    /** Compares the engine's rules and settings with the kernel's, and says what others break. O(the engine's rules). */
    public Health health() {
        return writer.call(core::health);
    }

    /**
     * Has resolvers follow the sandboxes from now on: those that there are, and each one that joins or leaves a network. Until
     * then, names resolve nowhere.
     *
     * @return complete when every sandbox has the resolver that it is to have
     */
    public CompletableFuture<Void> serveNames(SandboxResolvers resolvers) {
        return writer.call(() -> core.state().serveNames(resolvers));
    }

    /**
     * Passes every event to a consumer until the returned handle is closed. The consumer runs inside the task: it
     * must be quick and must not call the engine.
     */
    public Subscription subscribe(Consumer<EngineEvent> consumer) {
        subscribers.add(consumer);
        return () -> subscribers.remove(consumer);
    }

    /** A place in the audience of an engine. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        /** Ends it; harmless when ended already. */
        @Override
        void close();
    }

    /** Returns what the writer works with; for simulations, which look at it while nothing is under way. */
    EngineCore core() {
        return core;
    }

    /** Finishes what is queued and closes store and kernel; sandboxes keep their networks. */
    @Override
    public void close() {
        kernel.close();
        alarm.close();
        writer.close();
        store.close();
    }

    private void publish(EngineEvent event) {
        for (Consumer<EngineEvent> subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException failure) {
                LOG.warn("a subscriber failed on {}", event, failure);
            }
        }
    }
}
