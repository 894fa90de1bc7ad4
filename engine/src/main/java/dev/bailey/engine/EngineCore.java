package dev.bailey.engine;

import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelEvent;
import dev.bailey.engine.kernel.KernelException;
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
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import dev.bailey.engine.store.StateStore;
import dev.bailey.engine.view.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's parts at work, one request at a time; for tasks of the writer, but for {@link #snapshot()}.
 *
 * <p>The order of every change: refuse or lease, write the intent, change the kernel, write the outcome, publish the new
 * snapshot. A crash between any two leaves an intent without an outcome, which the next start takes back.
 */
final class EngineCore {
    private static final Logger LOG = LoggerFactory.getLogger(EngineCore.class);

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
    private final Forwarding forwarding;
    private final Ipv6Pools ipv6Pools;
    private final UserNetworks userNetworks;
    private final Sandboxes sandboxes;
    private final Arrivals arrivals;
    private final SandboxRoutes routes;
    private final Departures departures;
    private final Remakes remakes;
    private final Ports ports;
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
        this.ipv6Pools = new Ipv6Pools(options, records);
        this.networks = new Networks(options, kernel, executor, records, state, ipv6Pools);
        this.ports = new Ports(kernel, executor, records, state, networks, this::compareLater);
        this.routes = new SandboxRoutes(kernel, executor, state, alarm, writer);
        this.departures = new Departures(
                kernel,
                executor,
                records,
                state,
                networks,
                ports,
                routes,
                writer,
                events,
                this::lookAt,
                this::compareLater);
        this.sandboxes = new Sandboxes(options, kernel, executor, records, state);
        this.arrivals = new Arrivals(executor, records, state, networks, sandboxes, departures, ports, events);
        this.remakes = new Remakes(executor, records, state);
        this.damage = new Damage(options, kernel, state, networks, this::lose);
        this.forwarding = new Forwarding(options, kernel, records);
        this.userNetworks = new UserNetworks(
                options,
                kernel,
                executor,
                records,
                state,
                networks,
                forwarding,
                ipv6Pools,
                writer,
                events,
                damage::uplinkMtu);
        UplinkChanges uplinks = new UplinkChanges(options, executor, records, state, networks, events);
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
            throw EngineException.of("take over the network", refusal);
        }
    }

    private Recovery recovery() {
        return new Recovery(
                options,
                kernel,
                executor,
                records,
                state,
                networks,
                userNetworks,
                ports,
                departures,
                remakes,
                routes,
                forwarding);
    }

    Sandbox createSandbox(SandboxId id, String name) {
        return sandboxes.create(id, name);
    }

    /** O(networks + addresses and routes of the host). */
    Network createNetwork(NetworkRequest request, Instant now) {
        return userNetworks.create(request, now);
    }

    /** O(networks); complete when the bridge is gone. */
    CompletableFuture<Void> removeNetwork(NetworkId id) {
        return userNetworks.remove(id);
    }

    /** Lets a sandbox without endpoints go; nothing when it is gone already. */
    void removeSandbox(SandboxId id) {
        sandboxes.remove(id);
    }

    /** Two kernel steps and two journal entries, whatever else exists: O(1). */
    Endpoint attach(AttachRequest request) {
        return arrivals.attach(request);
    }

    /** O(1). */
    void keepAddress(SandboxId sandbox, String name, String network, IpAddress address) {
        state.keepAddress(networks.named(network), address, sandbox, name);
    }

    /** O(the sandbox's). */
    void giveUpAddresses(SandboxId sandbox) {
        state.giveUpAddresses(sandbox);
    }

    CompletableFuture<Void> detach(EndpointId id) {
        return departures.detach(endpoint(id));
    }

    private Endpoint endpoint(EndpointId id) {
        return snapshot()
                .endpoint(id)
                .orElseThrow(() -> new EngineException(ErrorCode.NOT_FOUND, "there is no endpoint " + id.shortForm()));
    }

    /** Publishes more ports of an endpoint, all or none: O(the ports asked for). */
    List<PortMapping> publish(EndpointId id, List<PortRequest> requests) {
        return ports.publish(endpoint(id), requests);
    }

    /** Publishes more ports of a sandbox, all or none: O(its endpoints + the ports asked for). */
    List<PortMapping> publish(SandboxId id, List<PortRequest> requests) {
        Map<Endpoint, List<PortRequest>> shares = Gateways.of(id, snapshot(), requests);
        if (shares.isEmpty() && !requests.isEmpty()) {
            throw new EngineException(
                    ErrorCode.NOT_FOUND,
                    "sandbox " + snapshot().sandbox(id).map(Sandbox::name).orElse(id.shortForm())
                            + " is on no network, nothing of it can be published: connect it to one first");
        }
        return ports.publish(shares);
    }

    /** Ends the publication of ports of an endpoint, all or none: O(the ports, and those of the endpoint). */
    void unpublish(EndpointId id, List<PortMapping> mappings) {
        ports.unpublish(endpoint(id), mappings);
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
            userNetworks.removeLeftovers();
        } catch (KernelException | EngineException refusal) {
            LOG.warn(
                    "could not compare with the kernel: {}; again in {} s",
                    refusal.getMessage(),
                    COMPARE_AGAIN.toSeconds());
            compareLater();
        }
        repairs.mendRulesAndSettings();
    }

    private void compareLater() {
        alarm.after(COMPARE_AGAIN, () -> hear(new KernelEvent.Overflow()));
    }

    Health health() {
        try {
            return repairs.health(options.forwarding());
        } catch (KernelException refusal) {
            throw EngineException.of("look at the rules", refusal);
        }
    }

    private void lookAt(Endpoint endpoint) {
        repairs.lookAt(endpoint);
    }

    /** Forgets an endpoint whose namespace has gone, and its link with it. */
    private void lose(Endpoint endpoint) {
        ports.drop(endpoint);
        var _ = state.withdraw(endpoint);
        Sandbox sandbox = departures.forget(endpoint, new StateRecord.DetachDone(endpoint.id()));
        events.accept(new EngineEvent.EndpointLost(endpoint, sandbox));
        networks.removeIfUnused(endpoint.network());
    }

    /** Changes what the default network lets through, for the endpoints that it has as well. O(its endpoints). */
    void changeDefaultNetwork(NetworkOptions wanted) {
        networks.changeDefault(wanted);
    }
}
