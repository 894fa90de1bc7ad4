package dev.bailey.engine;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.EndpointPlan;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints on their way in: refused before anything is done, or done whole, or taken back whole. For tasks of the writer.
 */
final class Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /** How many hexadecimal digits of an endpoint's id its host end is named after: as many as fit a link's name. */
    private static final int HOST_END_DIGITS = 11;

    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Sandboxes sandboxes;
    private final Departures departures;
    private final Ports ports;
    private final Consumer<EngineEvent> events;

    Arrivals(
            Executor executor,
            Records records,
            EngineState state,
            Sandboxes sandboxes,
            Departures departures,
            Ports ports,
            Consumer<EngineEvent> events) {
        this.executor = executor;
        this.records = records;
        this.state = state;
        this.sandboxes = sandboxes;
        this.departures = departures;
        this.ports = ports;
        this.events = events;
    }

    private Snapshot snapshot() {
        return state.snapshot();
    }

    /** Two kernel steps and two journal entries, with ports two or three steps and an entry more: O(the ports). */
    Endpoint attach(AttachRequest request) {
        Network network = snapshot().networkNamed(request.network()).orElseThrow(() -> noNetwork(request.network()));
        refuseRetired(network);
        Sandbox sandbox = sandboxes.of(request.target());
        refuseTaken(sandbox, request.interfaceName());
        EndpointId id = EndpointId.random();
        List<PortMapping> mappings = ports.choose(id, network, request.ports());
        Ipv4Address address = state.lease(network, id, request.address());
        Endpoint endpoint = endpoint(id, network, sandbox, request.interfaceName(), address);
        try {
            return attach(endpoint, network, sandbox, ports.publication(endpoint, network, mappings));
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

    private Endpoint attach(Endpoint endpoint, Network network, Sandbox sandbox, Ports.Publication publication) {
        boolean newSandbox = snapshot().sandbox(sandbox.id()).isEmpty();
        intend(endpoint, sandbox, newSandbox, publication);
        try {
            List<Step> steps = new ArrayList<>(EndpointPlan.attach(endpoint, network, sandbox));
            steps.addAll(publication.steps());
            executor.apply(steps);
        } catch (KernelException refusal) {
            takeBack(endpoint, sandbox, newSandbox, refusal.getSuppressed().length == 0);
            throw EngineException.of("attach " + sandbox.name() + " to network " + network.name(), refusal);
        }
        try {
            records.append(new StateRecord.AttachDone(endpoint.id()));
        } catch (EngineException refusal) {
            ports.takeBack(publication);
            List<KernelException> left = executor.applyEach(List.of(new Step.RemoveLink(endpoint.hostEnd())));
            takeBack(endpoint, sandbox, newSandbox, left.isEmpty());
            throw refusal;
        }
        if (newSandbox) {
            state.add(sandbox);
        }
        state.add(endpoint);
        ports.published(publication);
        var _ = state.followNames(sandbox.id());
        events.accept(new EngineEvent.EndpointAttached(endpoint, sandbox));
        return endpoint;
    }

    private void intend(Endpoint endpoint, Sandbox sandbox, boolean newSandbox, Ports.Publication publication) {
        if (newSandbox) {
            records.append(new StateRecord.SandboxCreated(sandbox));
        }
        try {
            records.append(new StateRecord.AttachIntended(endpoint));
        } catch (EngineException refusal) {
            forgetNew(sandbox, newSandbox);
            throw refusal;
        }
        try {
            if (!publication.added().isEmpty()) {
                records.append(new StateRecord.PortsPublished(endpoint.id(), publication.mappings()));
            }
        } catch (EngineException refusal) {
            takeBack(endpoint, sandbox, newSandbox, true);
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
}
