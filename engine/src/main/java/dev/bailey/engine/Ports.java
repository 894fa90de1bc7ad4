package dev.bailey.engine;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.engine.plan.PortPlan;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.RecoveredState;
import dev.bailey.engine.store.StateRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What endpoints publish, in its changes; each costs O(the ports that are changed). For tasks of the writer, one at a time. */
final class Ports {
    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);

    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Networks networks;
    private final Runnable compareLater;
    private final PortChoice choice;

    /** What endpoints published that are on their way out, for the case that they cannot leave. */
    private final Map<EndpointId, List<PublishedPort>> withdrawn = new HashMap<>();

    /**
     * Publishes nothing yet.
     *
     * @param compareLater has the kernel compared with the model in a while
     */
    Ports(
            Kernel kernel,
            Executor executor,
            Records records,
            EngineState state,
            Networks networks,
            Runnable compareLater) {
        this.kernel = kernel;
        this.executor = executor;
        this.records = records;
        this.state = state;
        this.networks = networks;
        this.compareLater = compareLater;
        this.choice = new PortChoice(kernel);
    }

    private PublishedPorts all() {
        return state.snapshot().ports();
    }

    /**
     * Ports that are about to be published.
     *
     * @param added what comes
     * @param after all that is published then
     * @param steps what the kernel has to do, behind the steps that make the endpoint's links
     */
    record Publication(List<PublishedPort> added, PublishedPorts after, List<Step> steps) {
        /** Copies the lists. */
        Publication {
            added = List.copyOf(added);
            steps = List.copyOf(steps);
        }

        List<PortMapping> mappings() {
            return added.stream().map(PublishedPort::mapping).toList();
        }
    }

    /**
     * Chooses the ports of an endpoint that there is not yet, or that has some already; nothing is changed.
     *
     * @throws EngineException as {@link PortChoice#choose}, and INVALID_ARGUMENT on a network without a way in
     */
    List<PortMapping> choose(EndpointId endpoint, Network network, List<PortRequest> requests) {
        if (!requests.isEmpty() && network.options().internal()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    "network " + network.name()
                            + " is internal, nothing on it can be published: join another network, or publish nothing");
        }
        return choice.choose(endpoint, requests, network, state.snapshot());
    }

    /** What is to be done to publish ports of an endpoint, which have been chosen. */
    Publication publication(Endpoint endpoint, Network network, List<PortMapping> mappings) {
        List<PublishedPort> added = mappings.stream()
                .map(mapping -> PublishedPort.of(endpoint, network, mapping))
                .toList();
        if (added.isEmpty()) {
            return new Publication(added, all(), List.of());
        }
        PublishedPorts after = all().with(added);
        List<Step> steps = new ArrayList<>(PortPlan.settings(network, added, kernel::readSetting));
        if (all().of(endpoint.id()).isEmpty()) {
            steps.add(new LinkStep.SetHairpin(endpoint.hostEnd(), true));
        }
        steps.add(networks.changeOfPorts(all(), after, List.of(), added));
        return new Publication(added, after, steps);
    }

    /** Ports are open, and that is written down. */
    void published(Publication publication) {
        if (!publication.added().isEmpty()) {
            state.publish(publication.after());
            // A connection of TCP begins with a packet that has connection tracking begin anew as well.
            kernel.forgetFlowsLater(publication.added().stream()
                    .filter(port -> port.mapping().protocol() != TransportProtocol.TCP)
                    .toList());
        }
    }

    /** Takes back what was done for a publication. */
    void takeBack(Publication publication) {
        List<Step> undo = publication.steps().reversed().stream()
                .map(Step::undo)
                .flatMap(Optional::stream)
                .toList();
        compareIfAny(executor.applyEach(undo));
    }

    /** Publishes more ports of an endpoint, all or none. */
    List<PortMapping> publish(Endpoint endpoint, List<PortRequest> requests) {
        Network network = networkOf(endpoint);
        List<PortMapping> mappings = choose(endpoint.id(), network, requests);
        if (mappings.isEmpty()) {
            return mappings;
        }
        Publication publication = publication(endpoint, network, mappings);
        apply("publish ports of " + nameOf(endpoint), publication.steps());
        try {
            records.append(new StateRecord.PortsPublished(endpoint.id(), mappings));
        } catch (EngineException refusal) {
            takeBack(publication);
            throw refusal;
        }
        published(publication);
        return mappings;
    }

    /** Publishes more ports of several endpoints, all or none. */
    List<PortMapping> publish(Map<Endpoint, List<PortRequest>> shares) {
        Map<Endpoint, List<PortMapping>> done = new LinkedHashMap<>();
        try {
            shares.forEach((endpoint, requests) -> done.put(endpoint, publish(endpoint, requests)));
        } catch (EngineException refusal) {
            done.forEach((endpoint, mappings) -> takeBack(endpoint, mappings, refusal));
            throw refusal;
        }
        return done.values().stream().flatMap(List::stream).toList();
    }

    private void takeBack(Endpoint endpoint, List<PortMapping> mappings, EngineException refusal) {
        try {
            unpublish(endpoint, mappings);
        } catch (EngineException another) {
            refusal.addSuppressed(another);
        }
    }

    /** Ends the publication of ports of an endpoint, all or none. */
    void unpublish(Endpoint endpoint, List<PortMapping> mappings) {
        Network network = networkOf(endpoint);
        List<PublishedPort> removed = mappings.stream()
                .distinct()
                .map(mapping -> PublishedPort.of(endpoint, network, mapping))
                .toList();
        for (PublishedPort port : removed) {
            if (!all().of(endpoint.id()).contains(port)) {
                throw new EngineException(
                        ErrorCode.NOT_FOUND, nameOf(endpoint) + " does not publish " + port.mapping());
            }
        }
        if (removed.isEmpty()) {
            return;
        }
        List<PortMapping> gone = removed.stream().map(PublishedPort::mapping).toList();
        records.append(new StateRecord.PortsUnpublished(endpoint.id(), gone));
        PublishedPorts after = all().without(removed);
        List<Step> steps = new ArrayList<>(List.of(networks.changeOfPorts(all(), after, removed, List.of())));
        if (after.of(endpoint.id()).isEmpty()) {
            steps.add(new LinkStep.SetHairpin(endpoint.hostEnd(), false));
        }
        try {
            apply("end the publication of ports of " + nameOf(endpoint), steps);
        } catch (EngineException refusal) {
            records.appendOutcome(new StateRecord.PortsPublished(endpoint.id(), gone));
            throw refusal;
        }
        state.publish(after);
        kernel.forgetFlowsLater(
                removed.stream().map(port -> closed(port, after)).toList());
    }

    /** What is closed with a mapping: not the endpoint's own address where another one opens the same there. */
    private static PublishedPort closed(PublishedPort gone, PublishedPorts after) {
        boolean open = gone.trusted() && after.of(gone.endpoint()).stream().anyMatch(other -> other.opens(gone));
        return open ? new PublishedPort(gone.endpoint(), gone.sandboxAddress(), gone.mapping()) : gone;
    }

    /** Closes the ports of an endpoint that is about to leave; it keeps them when that is refused. */
    void withdraw(Endpoint endpoint) {
        List<PublishedPort> own = all().of(endpoint.id());
        if (!own.isEmpty()) {
            PublishedPorts after = all().without(own);
            apply("end the publication of ports of " + nameOf(endpoint), List.of(change(after, own)));
            state.publish(after);
            withdrawn.put(endpoint.id(), own);
            kernel.forgetFlowsLater(own);
        }
    }

    /** An endpoint has left. */
    void left(Endpoint endpoint) {
        withdrawn.remove(endpoint.id());
    }

    /** Opens the ports again of an endpoint that could not leave, but those that somebody else has by now. */
    void giveBack(Endpoint endpoint) {
        List<PublishedPort> own = withdrawn.getOrDefault(endpoint.id(), List.of());
        withdrawn.remove(endpoint.id());
        List<PortMapping> lost = new ArrayList<>();
        for (PublishedPort port : own) {
            PublishedPorts before = all();
            boolean free = before.conflict(endpoint.id(), port.mapping()).isEmpty();
            PublishedPorts after = free ? before.with(port) : before;
            boolean open = free
                    && executor.applyEach(List.of(networks.changeOfPorts(before, after, List.of(), List.of(port))))
                            .isEmpty();
            if (open) {
                state.publish(after);
            } else {
                lost.add(port.mapping());
            }
        }
        if (!lost.isEmpty()) {
            LOG.warn("{} is still there and no longer publishes {}", nameOf(endpoint), lost);
            records.appendOutcome(new StateRecord.PortsUnpublished(endpoint.id(), lost));
        }
        if (lost.size() == own.size() && !own.isEmpty()) {
            executor.applyEach(List.of(new LinkStep.SetHairpin(endpoint.hostEnd(), false)));
        }
    }

    /** Closes the ports of an endpoint that is gone; what the kernel refuses is done later. */
    void drop(Endpoint endpoint) {
        List<PublishedPort> own = all().of(endpoint.id());
        if (!own.isEmpty()) {
            PublishedPorts after = all().without(own);
            Step change = change(after, own);
            state.publish(after);
            compareIfAny(executor.applyEach(List.of(change)));
            kernel.forgetFlowsLater(own);
        }
    }

    private Step change(PublishedPorts after, List<PublishedPort> removed) {
        return networks.changeOfPorts(all(), after, removed, List.of());
    }

    /**
     * Takes in what endpoints published before a restart; the first rules of a start have it.
     *
     * @param all the networks as they are from now on
     */
    void remember(Collection<Endpoint> endpoints, Collection<Network> all, RecoveredState recovered) {
        Map<NetworkId, Network> byId = new HashMap<>();
        all.forEach(network -> byId.put(network.id(), network));
        PublishedPorts ports = PublishedPorts.NONE;
        for (Endpoint endpoint : endpoints) {
            Network network = byId.get(endpoint.network());
            List<PortMapping> own = network == null ? List.of() : recovered.portsOf(endpoint.id());
            for (PortMapping mapping : own) {
                Optional<PublishedPort> holder = ports.conflict(endpoint.id(), mapping);
                if (!endpoint.has(mapping.family())) {
                    LOG.warn("{} is not published again: {} has no {}", mapping, endpoint.hostEnd(), mapping.family());
                } else if (holder.isPresent()) {
                    LOG.warn(
                            "{} is not published again: {} is",
                            mapping,
                            holder.get().mapping());
                } else {
                    ports = ports.with(PublishedPort.of(endpoint, Objects.requireNonNull(network), mapping));
                }
            }
        }
        state.publish(ports);
    }

    /** Forgets what endpoints published that are gone; says whether that was anything, and the rules are to be changed. */
    boolean forget(Collection<Endpoint> gone) {
        PublishedPorts left = all();
        for (Endpoint endpoint : gone) {
            List<PublishedPort> own = left.of(endpoint.id());
            left = left.without(own);
            kernel.forgetFlowsLater(own);
        }
        boolean any = left.size() < all().size();
        state.publish(left);
        return any;
    }

    /** The settings that published ports on these networks need, where they are off. */
    List<Step> settings(Collection<Network> inUse) {
        return inUse.stream()
                .flatMap(network -> PortPlan.settings(network, on(network), kernel::readSetting).stream())
                .toList();
    }

    private List<PublishedPort> on(Network network) {
        return PortPlan.on(state.snapshot(), network);
    }

    private void compareIfAny(List<KernelException> refusals) {
        if (!refusals.isEmpty()) {
            LOG.warn(
                    "ports are open that should not be: {}; once more in a while",
                    refusals.getFirst().getMessage());
            compareLater.run();
        }
    }

    private void apply(String operation, List<Step> steps) {
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            if (refusal.getSuppressed().length > 0) {
                compareLater.run();
            }
            throw EngineException.of(operation, refusal);
        }
    }

    private Network networkOf(Endpoint endpoint) {
        return state.snapshot().network(endpoint.network()).orElseThrow();
    }

    private String nameOf(Endpoint endpoint) {
        return state.snapshot()
                .sandbox(endpoint.sandbox())
                .map(sandbox -> sandbox.name())
                .orElse("endpoint " + endpoint.id().shortForm());
    }
}
