package dev.bailey.engine;

import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelEvent;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.EndpointPlan;
import dev.bailey.engine.reconcile.Alarm;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import dev.bailey.engine.store.StateStore;
import dev.bailey.engine.store.StoreException;
import dev.bailey.engine.view.Health;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine does, one request at a time; for tasks of the writer, but for {@link #snapshot()}.
 *
 * <p>The order of every change: refuse or lease, write the intent, change the kernel, write the outcome, publish the new
 * snapshot. A crash between any two leaves an intent without an outcome, which the next start takes back.
 */
final class EngineCore {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCore.class);

    /** How many hexadecimal digits of an endpoint's id its host end is named after: as many as fit a link's name. */
    private static final int HOST_END_DIGITS = 11;

    /** Stands for the inode of a namespace that is not made yet, while everything else is checked. */
    private static final long UNKNOWN_INODE = 1;

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final StateStore store;
    private final Consumer<Runnable> writer;
    private final Consumer<EngineEvent> events;
    private final EngineState state = new EngineState();
    private final Networks networks;
    private final Damage damage;
    private final Repairs repairs;

    EngineCore(
            EngineOptions options,
            Kernel kernel,
            StateStore store,
            Consumer<Runnable> writer,
            Alarm alarm,
            Consumer<EngineEvent> events) {
        this.options = options;
        this.kernel = kernel;
        this.executor = new Executor(kernel);
        this.store = store;
        this.writer = writer;
        this.events = events;
        this.networks = new Networks(options, kernel, executor, store, state);
        this.damage = new Damage(options, kernel, state, networks, this::lose);
        UplinkChanges uplinks = new UplinkChanges(options, executor, store, state, events);
        this.repairs = new Repairs(kernel, executor, state, damage, uplinks, alarm, writer, events);
    }

    /** Any thread. */
    Snapshot snapshot() {
        return state.snapshot();
    }

    void recover() {
        damage.learn(recovery().start());
    }

    private Recovery recovery() {
        return new Recovery(options, kernel, executor, store, state, networks);
    }

    Sandbox createSandbox(SandboxId id, String name) {
        refuseTaken(id, name);
        Path netns = options.namespaces().resolve(id.shortForm());
        sandbox(id, name, netns, UNKNOWN_INODE, true);
        apply(List.of(new Step.CreateNamespace(netns)));
        long inode = kernel.namespaceAt(netns).orElseThrow(() -> noNamespace(netns));
        Sandbox sandbox = sandbox(id, name, netns, inode, true);
        appendOrRemove(new StateRecord.SandboxCreated(sandbox), new Step.RemoveNamespace(netns));
        state.add(sandbox);
        return sandbox;
    }

    private void refuseTaken(SandboxId id, String name) {
        if (snapshot().sandbox(id).isPresent()) {
            throw new EngineException(ErrorCode.CONFLICT, "sandbox " + id.shortForm() + " exists already");
        }
        snapshot().sandboxNamed(name).ifPresent(holder -> {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "the name " + name + " is taken by sandbox " + holder.id().shortForm() + ": choose another");
        });
    }

    /** Lets a sandbox without endpoints go; nothing when it is gone already. */
    void removeSandbox(SandboxId id) {
        snapshot().sandbox(id).ifPresent(sandbox -> {
            if (!snapshot().endpointsOf(id).isEmpty()) {
                throw new EngineException(
                        ErrorCode.CONFLICT, "sandbox " + sandbox.name() + " got a new endpoint while it was removed");
            }
            if (sandbox.owned()) {
                apply(List.of(new Step.RemoveNamespace(sandbox.netns())));
            }
            forget(sandbox);
        });
    }

    private void forget(Sandbox sandbox) {
        append(new StateRecord.SandboxRemoved(sandbox.id()));
        state.remove(sandbox.id());
    }

    /** Two kernel steps and two journal entries, whatever else exists: O(1). */
    Endpoint attach(AttachRequest request) {
        Network network = snapshot().networkNamed(request.network()).orElseThrow(() -> noNetwork(request.network()));
        refuseRetired(network);
        Sandbox sandbox = sandboxOf(request.target());
        refuseTaken(sandbox, request.interfaceName());
        EndpointId id = EndpointId.random();
        Ipv4Address address = state.lease(network, id, request.address());
        try {
            return attach(endpoint(id, network, sandbox, request.interfaceName(), address), network, sandbox);
        } catch (RuntimeException | Error failure) {
            state.release(network.id(), address, id);
            throw failure;
        }
    }

    private static void refuseRetired(Network network) {
        if (network.retired()) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "network " + network.name() + " on " + network.bridge() + " is no longer the default one and keeps"
                            + " only the endpoints that it has: join network " + Network.DEFAULT_NAME);
        }
    }

    private Endpoint attach(Endpoint endpoint, Network network, Sandbox sandbox) {
        boolean newSandbox = snapshot().sandbox(sandbox.id()).isEmpty();
        if (newSandbox) {
            append(new StateRecord.SandboxCreated(sandbox));
        }
        append(new StateRecord.AttachIntended(endpoint));
        try {
            executor.apply(EndpointPlan.attach(endpoint, network, sandbox));
        } catch (KernelException refusal) {
            takeBack(endpoint, newSandbox);
            throw translated("attach " + sandbox.name() + " to network " + network.name(), refusal);
        }
        appendOrRemove(new StateRecord.AttachDone(endpoint.id()), new Step.RemoveLink(endpoint.hostEnd()));
        if (newSandbox) {
            state.add(sandbox);
        }
        state.add(endpoint);
        events.accept(new EngineEvent.EndpointAttached(endpoint, sandbox));
        return endpoint;
    }

    private void takeBack(Endpoint endpoint, boolean newSandbox) {
        append(new StateRecord.AttachUndone(endpoint.id()));
        if (newSandbox) {
            append(new StateRecord.SandboxRemoved(endpoint.sandbox()));
        }
    }

    /** Records an outcome; where the disk refuses, what was made is removed again. */
    private void appendOrRemove(StateRecord outcome, Step removal) {
        try {
            append(outcome);
        } catch (RuntimeException failure) {
            executor.applyEach(List.of(removal)).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private void append(StateRecord record) {
        try {
            store.append(record);
        } catch (StoreException refusal) {
            throw new EngineException(ErrorCode.UNAVAILABLE, String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private static Endpoint endpoint(
            EndpointId id, Network network, Sandbox sandbox, InterfaceName interfaceName, Ipv4Address address) {
        return new Endpoint(
                id,
                network.id(),
                sandbox.id(),
                interfaceName,
                new InterfaceName("veth" + id.value().substring(0, HOST_END_DIGITS)),
                new InterfaceAddress(address, network.subnet().prefixLength()),
                network.gateway(),
                MacAddress.derivedFrom(address),
                network.mtuBytes());
    }

    private Sandbox sandboxOf(SandboxTarget target) {
        return switch (target) {
            case SandboxTarget.Existing(SandboxId id) ->
                snapshot()
                        .sandbox(id)
                        .orElseThrow(() ->
                                new EngineException(ErrorCode.NOT_FOUND, "there is no sandbox " + id.shortForm()));
            case SandboxTarget.Foreign foreign -> sandboxOf(foreign);
        };
    }

    private Sandbox sandboxOf(SandboxTarget.Foreign foreign) {
        Path netns = foreign.netns();
        long inode = kernel.namespaceAt(netns).orElseThrow(() -> noNamespace(netns));
        return snapshot().sandboxOfNetns(inode).orElseGet(() -> {
            String name = foreign.name().isEmpty() ? String.valueOf(netns.getFileName()) : foreign.name();
            SandboxId id = SandboxId.random();
            refuseTaken(id, name);
            return sandbox(id, name, netns, inode, false);
        });
    }

    private static Sandbox sandbox(SandboxId id, String name, Path netns, long inode, boolean owned) {
        try {
            return new Sandbox(id, name, netns, inode, owned);
        } catch (IllegalArgumentException bad) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        }
    }

    private void refuseTaken(Sandbox sandbox, InterfaceName interfaceName) {
        for (Endpoint other : snapshot().endpointsOf(sandbox.id())) {
            if (other.interfaceName().equals(interfaceName)) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        "sandbox " + sandbox.name() + " has an interface " + interfaceName + " already, endpoint "
                                + other.id().shortForm() + " with " + other.address() + ": choose another name");
            }
        }
    }

    CompletableFuture<Void> detachIfPresent(EndpointId id) {
        return snapshot().endpoint(id).map(this::detach).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    CompletableFuture<Void> detach(EndpointId id) {
        return detach(snapshot()
                .endpoint(id)
                .orElseThrow(() -> new EngineException(ErrorCode.NOT_FOUND, "there is no endpoint " + id.shortForm())));
    }

    /**
     * One journal entry here, the removal elsewhere, one entry after it: O(1). What is returned is complete as soon as the
     * link is gone; the entry after it is queued by then, before whatever is asked for next.
     */
    private CompletableFuture<Void> detach(Endpoint endpoint) {
        append(new StateRecord.DetachIntended(endpoint.id()));
        state.withdraw(endpoint.id());
        CompletableFuture<Void> done = new CompletableFuture<>();
        kernel.removeLinkLater(endpoint.hostEnd()).whenComplete((nothing, failure) -> {
            if (failure == null) {
                try {
                    writer.accept(() -> finishDetach(endpoint));
                } finally {
                    done.complete(null);
                }
            } else {
                writer.accept(() -> giveUpDetach(endpoint, failure, done));
            }
        });
        return done;
    }

    private void finishDetach(Endpoint endpoint) {
        try {
            Sandbox sandbox = forget(endpoint);
            events.accept(new EngineEvent.EndpointDetached(endpoint, sandbox));
            networks.removeIfUnused(endpoint.network());
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "endpoint {} is detached, which could not be recorded",
                    endpoint.id().shortForm(),
                    unexpected);
        }
    }

    private void giveUpDetach(Endpoint endpoint, Throwable failure, CompletableFuture<Void> done) {
        state.add(endpoint);
        done.completeExceptionally(
                failure instanceof KernelException refusal
                        ? translated("detach endpoint " + endpoint.id().shortForm(), refusal)
                        : failure);
    }

    /** Forgets an endpoint whose link is gone, and with it a sandbox of others that has no more of them. */
    private Sandbox forget(Endpoint endpoint) {
        Sandbox sandbox = snapshot().sandbox(endpoint.sandbox()).orElseThrow();
        append(new StateRecord.DetachDone(endpoint.id()));
        state.release(endpoint);
        if (!sandbox.owned() && snapshot().endpointsOf(sandbox.id()).isEmpty()) {
            forget(sandbox);
        }
        return sandbox;
    }

    /** Hears what the kernel reports, and lets the writer follow what matters. Any thread; O(what is reported). */
    void hear(KernelEvent event) {
        boolean matters = switch (event) {
            case KernelEvent.LinkRemoved _, KernelEvent.Overflow _ -> true;
            case KernelEvent.Changed(HostChanges changes) ->
                !damage.suspects(changes).isEmpty();
        };
        if (matters) {
            writer.accept(() -> follow(event));
        }
    }

    private void follow(KernelEvent event) {
        try {
            switch (event) {
                case KernelEvent.LinkRemoved(String name) -> repairs.linkRemoved(name);
                case KernelEvent.Changed(HostChanges changes) -> repairs.mend(changes);
                case KernelEvent.Overflow() -> {
                    recovery().resync();
                    repairs.mendRulesAndSettings();
                }
            }
        } catch (RuntimeException failure) {
            LOG.error("could not follow the kernel's {}", event, failure);
        }
    }

    Health health() {
        try {
            return repairs.health(options.forwarding());
        } catch (KernelException refusal) {
            throw translated("look at the rules", refusal);
        }
    }

    /** Forgets an endpoint whose namespace has gone, and its link with it. */
    private void lose(Endpoint endpoint) {
        state.withdraw(endpoint.id());
        Sandbox sandbox = forget(endpoint);
        events.accept(new EngineEvent.EndpointLost(endpoint, sandbox));
        networks.removeIfUnused(endpoint.network());
    }

    private void apply(List<Step> steps) {
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            throw translated("change the network", refusal);
        }
    }

    static EngineException translated(String operation, KernelException refusal) {
        ErrorCode code = switch (refusal.reason()) {
            case EXISTS -> ErrorCode.CONFLICT;
            case ABSENT -> ErrorCode.NOT_FOUND;
            case FULL -> ErrorCode.EXHAUSTED;
            case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
            case OTHER -> ErrorCode.INTERNAL;
        };
        return new EngineException(code, "cannot " + operation + ": " + refusal.getMessage(), refusal);
    }

    /** Changes what the default network lets through, for the endpoints that it has as well. O(its endpoints). */
    void changeDefaultNetwork(NetworkOptions wanted) {
        networks.changeDefault(wanted);
    }

    private EngineException noNetwork(String name) {
        if (name.equals(Network.DEFAULT_NAME)) {
            return new EngineException(
                    ErrorCode.NOT_FOUND,
                    "network " + name + " not found: the daemon was started with no default network");
        }
        String known = String.join(
                ", ", snapshot().networks().stream().map(Network::name).sorted().toList());
        return new EngineException(
                ErrorCode.NOT_FOUND, "network " + name + " not found" + (known.isEmpty() ? "" : ": there is " + known));
    }

    private static EngineException noNamespace(Path netns) {
        return new EngineException(ErrorCode.NOT_FOUND, "there is no network namespace at " + netns);
    }
}
