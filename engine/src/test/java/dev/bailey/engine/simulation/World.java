package dev.bailey.engine.simulation;

import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineAccess;
import dev.bailey.engine.EngineEvent;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.reconcile.FakeAlarm;
import dev.bailey.engine.store.SimulatedStore;
import dev.bailey.engine.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that outlives an engine in a simulation, and the engine that runs at the moment. */
final class World {
    static final String UPLINK = "up0";
    static final String OPERATOR_BRIDGE = "bridge0";

    private static final int MAX_ALARMS = 1_000;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    final Chance chance = new Chance();
    final Fate fate = new Fate();
    final Stage stage = new Stage(chance, fate);
    final FakeHost host = new FakeHost(fate, stage::later);
    final SimulatedStore store = new SimulatedStore(chance, fate, CLOCK);
    final History history = new History();

    /** The namespaces that others made. */
    final Set<Path> foreign = new TreeSet<>();

    /** The endpoints whose attach was answered with success, and that nobody asked to go. */
    final Map<EndpointId, Endpoint> promised = new LinkedHashMap<>();

    /** The ports of these endpoints whose publication was answered with success, and that nobody asked to end. */
    final Map<EndpointId, Set<PortMapping>> promisedPorts = new LinkedHashMap<>();

    private final Set<EndpointId> askedToGo = new HashSet<>();
    /** In this round, maybe before who had them published was told of it. */
    private final Map<EndpointId, Set<PortMapping>> portsAskedToEnd = new HashMap<>();

    private final Set<SandboxId> sandboxesAskedToGo = new HashSet<>();

    /** The networks by their bridges, which were made durable before anybody heard of them. */
    private Map<InterfaceName, NetworkId> durable = Map.of();

    /** What an attentive subscriber believes there is. */
    final Set<EndpointId> heardOf = new TreeSet<>(Comparator.comparing(EndpointId::value));

    private EngineOptions options = Choices.first();
    private @Nullable Engine engine;
    private @Nullable Broken broken;
    private FakeAlarm time = new FakeAlarm();
    private boolean settled;
    private boolean disturbed;
    private boolean refusedSomething;
    private int madeNamespaces;

    World() {
        host.addUplink(UPLINK, InterfaceAddress.parse("198.51.100.2/24"), 1450);
        host.addOperatorBridge(OPERATOR_BRIDGE, InterfaceAddress.parse("10.100.1.1/24"));
        stage.setBackground(store::sync);
    }

    EngineOptions options() {
        return options;
    }

    /** The engine, which runs between two rounds. */
    Engine engine() {
        if (engine == null) {
            throw new IllegalStateException("no engine runs");
        }
        return engine;
    }

    Snapshot model() {
        return engine().snapshot();
    }

    /** Whether nothing is owed: model and kernel must agree to the last bit. */
    boolean isSettled() {
        return settled && !disturbed;
    }

    /** Something happened that the engine puts right by itself, in time. */
    void disturb() {
        disturbed = true;
    }

    /** Lets time pass until the engine waits for nothing more; then it has put right what it could. */
    void passTime() {
        int alarms = 0;
        while (!fate.isDead() && time.passToNext()) {
            play();
            if (++alarms == MAX_ALARMS) {
                throw new Broken("repairs come to an end", "there is always another alarm");
            }
        }
        disturbed = false;
    }

    /** Whether this engine was refused something in its life: the removal of a network waits for the next start then. */
    boolean wasRefused() {
        return refusedSomething;
    }

    /** The engine was refused something. */
    void refuse() {
        refusedSomething = true;
    }

    /** Something happened that only a start puts right. */
    void unsettle() {
        settled = false;
    }

    /** A client was told that this is there. */
    void promise(Endpoint endpoint) {
        if (!askedToGo.contains(endpoint.id()) && !sandboxesAskedToGo.contains(endpoint.sandbox())) {
            promised.put(endpoint.id(), endpoint);
        }
    }

    /** A client was told that these ports are published. */
    void promise(EndpointId endpoint, Collection<PortMapping> ports) {
        Set<PortMapping> kept = new LinkedHashSet<>(ports);
        kept.removeAll(portsAskedToEnd.getOrDefault(endpoint, Set.of()));
        promisedPorts.computeIfAbsent(endpoint, _ -> new LinkedHashSet<>()).addAll(kept);
    }

    /** A client was told that all is published that this endpoint publishes; returns it as text. */
    String promisePortsOf(Endpoint endpoint) {
        List<PortMapping> ports = model().ports().of(endpoint.id()).stream()
                .map(PublishedPort::mapping)
                .toList();
        promise(endpoint.id(), ports);
        return ports.isEmpty() ? "" : " " + ports;
    }

    /** A client asks for the end of their publication, whatever comes of it. */
    void askToEnd(EndpointId endpoint, Collection<PortMapping> ports) {
        portsAskedToEnd.computeIfAbsent(endpoint, _ -> new HashSet<>()).addAll(ports);
        promisedPorts.computeIfPresent(endpoint, (_, promised) -> {
            promised.removeAll(ports);
            return promised;
        });
    }

    /** A client asks for this to go, whatever comes of it. */
    void askToGo(Endpoint endpoint) {
        askedToGo.add(endpoint.id());
        promised.remove(endpoint.id());
    }

    /** A client asks for a sandbox to go and whatever is in it, whatever comes of it. */
    void askToGo(Sandbox sandbox) {
        sandboxesAskedToGo.add(sandbox.id());
        promised.values().removeIf(endpoint -> endpoint.sandbox().equals(sandbox.id()));
    }

    Path makeNamespace() {
        Path path = Path.of("/run/netns/n" + madeNamespaces++);
        host.makeNamespace(path);
        foreign.add(path);
        return path;
    }

    int nextNumber() {
        return madeNamespaces++;
    }

    boolean lives(Sandbox sandbox) {
        return host.inodeAt(sandbox.netns()) == sandbox.netnsInode();
    }

    /** Remembers that something broke where it cannot be thrown. */
    void broke(Broken how) {
        if (broken == null) {
            broken = how;
        }
    }

    /** Lets everything that is under way come to its end. */
    void play() {
        stage.play();
        if (broken != null) {
            throw broken;
        }
    }

    /** Ends the process in order. */
    void stop() {
        Engine running = engine();
        engine = null;
        try {
            running.close();
            host.processGone();
            store.processGone();
        } catch (StoreException | EngineException refusal) {
            history.add("stop refused: " + refusal.getMessage());
            host.processGone();
            store.processGone();
        }
    }

    /** The process is dead already, or dies now. */
    void kill() {
        fate.kill();
        stage.play();
        engine = null;
        host.processGone();
        store.processGone();
        fate.revive();
    }

    /** The machine loses its power while nothing is under way, or with the process dead on the way. */
    void losePower() {
        fate.kill();
        stage.play();
        engine = null;
        host.processGone();
        host.restartMachine();
        foreign.clear();
        promised.clear();
        promisedPorts.clear();
        store.powerLost();
        fate.revive();
    }

    /**
     * Starts an engine.
     *
     * @return whether it runs; it may have been refused, or have died
     */
    boolean start(EngineOptions wanted) {
        try {
            time = new FakeAlarm();
            Engine started = EngineAccess.start(wanted, host, store.open(), stage, time);
            play();
            fate.checkAlive();
            engine = started;
            options = wanted;
            settled = fate.refused() == 0;
            refusedSomething = !settled;
            disturbed = false;
            checkDurable(started.snapshot());
            heardOf.clear();
            started.snapshot().endpoints().forEach(endpoint -> heardOf.add(endpoint.id()));
            started.subscribe(this::hear);
            return true;
        } catch (EngineException | StoreException refusal) {
            history.add("start refused: " + refusal.getMessage());
            kill();
            return false;
        } catch (Fate.Death death) {
            history.add("dead at the start: " + death.getMessage());
            kill();
            return false;
        }
    }

    private static void checkSame(InterfaceName bridge, NetworkId before, NetworkId now) {
        if (!before.equals(now)) {
            throw new Broken(
                    "what was made durable survives a loss of power",
                    "the network on " + bridge + " was " + before.shortForm() + " and is " + now.shortForm());
        }
    }

    private void checkDurable(Snapshot model) {
        model.networks()
                .forEach(network -> checkSame(
                        network.bridge(), durable.getOrDefault(network.bridge(), network.id()), network.id()));
        remember(model);
    }

    /** A round is over: takes note of the networks that there are, for after the next start. */
    void remember(Snapshot model) {
        portsAskedToEnd.clear();
        durable = model.networks().stream().collect(Collectors.toMap(Network::bridge, Network::id));
    }

    private void hear(EngineEvent event) {
        if (event instanceof EngineEvent.EndpointAttached(Endpoint endpoint, Sandbox _)) {
            heardOf.add(endpoint.id());
        } else if (event instanceof EngineEvent.EndpointDetached(Endpoint endpoint, Sandbox _)) {
            heardOf.remove(endpoint.id());
        } else if (event instanceof EngineEvent.EndpointLost(Endpoint endpoint, Sandbox _)) {
            heardOf.remove(endpoint.id());
        }
    }
}
