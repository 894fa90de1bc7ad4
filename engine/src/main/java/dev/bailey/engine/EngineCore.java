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
import dev.bailey.engine.view.Health;
import java.nio.file.Path;
import java.time.Duration;
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

    private static final Duration COMPARE_AGAIN = Duration.ofSeconds(1);

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final Consumer<Runnable> writer;
    private final Alarm alarm;
    private final Consumer<EngineEvent> events;
    private final EngineState state = new EngineState();
    private final Networks networks;
    private final Departures departures;
    private final Remakes remakes;
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
        this.records = new Records(store);
        this.writer = writer;
        this.alarm = alarm;
        this.events = events;
        this.networks = new Networks(options, kernel, executor, records, state);
        this.departures = new Departures(kernel, records, state, networks, writer, events, this::lookAt);
        this.remakes = new Remakes(executor, records, state);
        this.damage = new Damage(options, kernel, state, networks, this::lose);
        UplinkChanges uplinks = new UplinkChanges(options, executor, records, state, events);
        this.repairs = new Repairs(kernel, executor, remakes, state, damage, uplinks, alarm, writer, events);
    }

    /** Any thread. */
    Snapshot snapshot() {
        return state.snapshot();
    }

    /** The model and the leases behind it; for tasks of the writer. */
    EngineState state() {
        return state;
    }

    /** What is written down; for tasks of the writer. */
    Records records() {
        return records;
    }

    void recover() {
        try {
            damage.learn(recovery().start());
            state.unfinished().stream()
                    .flatMap(id -> snapshot().endpoint(id).stream())
                    .forEach(repairs::lookAt);
        } catch (KernelException refusal) {
            throw translated("take over the network", refusal);
        }
    }

    private Recovery recovery() {
        return new Recovery(options, kernel, executor, records, state, networks, departures, remakes);
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
            if (state.isUsed(id)) {
                throw new EngineException(
                        ErrorCode.CONFLICT, "sandbox " + sandbox.name() + " got a new endpoint while it was removed");
            }
            if (sandbox.owned()) {
                apply(List.of(new Step.RemoveNamespace(sandbox.netns())));
            }
            records.appendOutcome(new StateRecord.SandboxRemoved(id));
            state.remove(id);
        });
    }

    /** Two kernel steps and two journal entries, whatever else exists: O(1). */
    Endpoint attach(AttachRequest request) {
        Network network = snapshot().networkNamed(request.network()).orElseThrow(() -> noNetwork(request.network()));
        refuseRetired(network);
        Sandbox sandbox = sandboxOf(request.target());
        refuseTaken(sandbox, request.interfaceName());
        EndpointId id = EndpointId.random();
        Ipv4Address address = state.lease(network, id, request.address());
        Endpoint endpoint = endpoint(id, network, sandbox, request.interfaceName(), address);
        try {
            return attach(endpoint, network, sandbox);
        } catch (RuntimeException | Error failure) {
            if (!state.isLeaving(id)) {
                state.release(endpoint);
            }
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
        intend(endpoint, sandbox, newSandbox);
        try {
            executor.apply(EndpointPlan.attach(endpoint, network, sandbox));
        } catch (KernelException refusal) {
            takeBack(endpoint, sandbox, newSandbox, refusal.getSuppressed().length == 0);
            throw translated("attach " + sandbox.name() + " to network " + network.name(), refusal);
        }
        try {
            records.append(new StateRecord.AttachDone(endpoint.id()));
        } catch (EngineException refusal) {
            List<KernelException> left = executor.applyEach(List.of(new Step.RemoveLink(endpoint.hostEnd())));
            takeBack(endpoint, sandbox, newSandbox, left.isEmpty());
            throw refusal;
        }
        if (newSandbox) {
            state.add(sandbox);
        }
        state.add(endpoint);
        events.accept(new EngineEvent.EndpointAttached(endpoint, sandbox));
        return endpoint;
    }

    private void intend(Endpoint endpoint, Sandbox sandbox, boolean newSandbox) {
        if (newSandbox) {
            records.append(new StateRecord.SandboxCreated(sandbox));
        }
        try {
            records.append(new StateRecord.AttachIntended(endpoint));
        } catch (EngineException refusal) {
            forgetNew(sandbox, newSandbox);
            throw refusal;
        }
    }

    private void takeBack(Endpoint endpoint, Sandbox sandbox, boolean newSandbox, boolean whole) {
        if (whole) {
            records.appendOutcome(new StateRecord.AttachUndone(endpoint.id()));
            forgetNew(sandbox, newSandbox);
        } else {
            LOG.warn("{} of {} is left over, which could not be removed", endpoint.hostEnd(), sandbox.name());
            if (newSandbox) {
                state.add(sandbox);
            }
            departures.leaveOver(endpoint);
        }
    }

    private void forgetNew(Sandbox sandbox, boolean newSandbox) {
        if (newSandbox) {
            records.appendOutcome(new StateRecord.SandboxRemoved(sandbox.id()));
        }
    }

    /** Records an outcome; where the disk refuses, what was made is removed again. */
    private void appendOrRemove(StateRecord outcome, Step removal) {
        try {
            records.append(outcome);
        } catch (RuntimeException failure) {
            executor.applyEach(List.of(removal)).forEach(failure::addSuppressed);
            throw failure;
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
                checked(snapshot()
                        .sandbox(id)
                        .orElseThrow(() ->
                                new EngineException(ErrorCode.NOT_FOUND, "there is no sandbox " + id.shortForm())));
            case SandboxTarget.Foreign foreign -> sandboxOf(foreign);
        };
    }

    /** Whoever made a namespace may have put another in its place. */
    private Sandbox checked(Sandbox sandbox) {
        if (!sandbox.owned() && !Recovery.lives(kernel, sandbox)) {
            throw new EngineException(
                    ErrorCode.NOT_FOUND,
                    "the namespace of sandbox " + sandbox.name() + " is no longer at " + sandbox.netns());
        }
        return sandbox;
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

    CompletableFuture<Void> detach(EndpointId id) {
        return departures.detach(snapshot()
                .endpoint(id)
                .orElseThrow(() -> new EngineException(ErrorCode.NOT_FOUND, "there is no endpoint " + id.shortForm())));
    }

    /** Detaches every endpoint of a sandbox, if there is one; complete when all links are gone. */
    CompletableFuture<Void> detachAll(SandboxId sandbox) {
        return departures.detachAll(sandbox);
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
                case KernelEvent.Overflow() -> compareAll();
            }
        } catch (RuntimeException failure) {
            LOG.error("could not follow the kernel's {}", event, failure);
        }
    }

    /** After notifications were lost; what cannot be compared is compared later. */
    private void compareAll() {
        try {
            recovery().resync(this::lose);
            departures.removeLeftovers();
        } catch (KernelException | EngineException refusal) {
            LOG.warn(
                    "could not compare with the kernel: {}; again in {} s",
                    refusal.getMessage(),
                    COMPARE_AGAIN.toSeconds());
            alarm.after(COMPARE_AGAIN, () -> hear(new KernelEvent.Overflow()));
        }
        repairs.mendRulesAndSettings();
    }

    Health health() {
        try {
            return repairs.health(options.forwarding());
        } catch (KernelException refusal) {
            throw translated("look at the rules", refusal);
        }
    }

    private void lookAt(Endpoint endpoint) {
        repairs.lookAt(endpoint);
    }

    /** Forgets an endpoint whose namespace has gone, and its link with it. */
    private void lose(Endpoint endpoint) {
        state.withdraw(endpoint.id());
        Sandbox sandbox = departures.forget(endpoint, new StateRecord.DetachDone(endpoint.id()));
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
