package dev.bailey.engine;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.EndpointIpv4;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.EndpointPlan;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints on their way in: refused before anything is done, or done whole, or taken back whole. For tasks of the writer.
 */
final class Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /** How many hexadecimal digits of an endpoint's id its host end is named after: as many as fit a link's name. */
    private static final int HOST_END_DIGITS = 11;

    private static final InterfaceName LOOPBACK = new InterfaceName("lo");

    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Networks networks;
    private final Sandboxes sandboxes;
    private final Departures departures;
    private final Ports ports;
    private final Consumer<EngineEvent> events;

    Arrivals(
            Executor executor,
            Records records,
            EngineState state,
            Networks networks,
            Sandboxes sandboxes,
            Departures departures,
            Ports ports,
            Consumer<EngineEvent> events) {
        this.executor = executor;
        this.records = records;
        this.state = state;
        this.networks = networks;
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
        Network network = networks.named(request.network());
        refuseRetired(network);
        refuseAliases(request, network);
        refuseFamilies(request, network);
        WaysOut.check(request.egress(), network);
        Sandbox sandbox = sandboxes.of(request.target());
        InterfaceName interfaceName = interfaceName(request, network, sandbox);
        HardwareAddresses.check(request, network, snapshot());
        EndpointId id = EndpointId.random();
        List<PortMapping> mappings = ports.choose(id, network, request.ports());
        NetworkLeases.Leased leased = state.lease(network, id, sandbox.id(), request);
        try {
            Endpoint endpoint = endpoint(id, network, sandbox, interfaceName, leased, request);
            return attach(endpoint, network, sandbox, ports.publication(endpoint, network, mappings));
        } catch (RuntimeException | Error failure) {
            if (!state.isLeaving(id)) {
                state.release(network.id(), leased, id);
            }
            throw failure;
        }
    }

    private static void refuseAliases(AttachRequest request, Network network) {
        if (network.isDefault() && !request.aliases().isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    "aliases are for user-defined networks: network " + network.name() + " knows no names, create one");
        }
    }

    private static void refuseFamilies(AttachRequest request, Network network) {
        if (network.ipv4().isEmpty() && request.address().isPresent()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    "network " + network.name() + " has no IPv4 and no address "
                            + request.address().get() + ": leave it out, or join a network that has IPv4");
        }
        if (network.ipv6().isEmpty() && request.ipv6Address().isPresent()) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    "network " + network.name() + " has no IPv6 and no address "
                            + request.ipv6Address().get() + ": leave it out, or create a network with --ipv6");
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
        List<Step> joining = new ArrayList<>(networks.waysOut().arriving(endpoint, networks::inUse));
        intend(endpoint, sandbox, newSandbox, publication);
        joining.addAll(EndpointPlan.attach(endpoint, network, sandbox, snapshot()));
        try {
            List<Step> steps = new ArrayList<>(joining);
            steps.addAll(publication.steps());
            executor.apply(steps);
        } catch (KernelException refusal) {
            takeBack(endpoint, sandbox, newSandbox, joining, refusal.getSuppressed().length == 0);
            throw EngineException.of("attach " + sandbox.name() + " to network " + network.name(), refusal);
        }
        try {
            records.append(new StateRecord.AttachDone(endpoint.id()));
        } catch (EngineException refusal) {
            ports.takeBack(publication);
            List<Step> undo = joining.reversed().stream()
                    .flatMap(step -> step.undo().stream())
                    .toList();
            List<KernelException> left = executor.applyEach(undo);
            takeBack(endpoint, sandbox, newSandbox, joining, left.isEmpty());
            throw refusal;
        }
        if (newSandbox) {
            state.add(sandbox);
        }
        state.add(endpoint);
        networks.waysOut().arrived(endpoint, joining);
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
            takeBack(endpoint, sandbox, newSandbox, List.of(), true);
            throw refusal;
        }
    }

    /** What could not be taken back is there until the endpoint's links are gone, and what leads them with it. */
    private void takeBack(Endpoint endpoint, Sandbox sandbox, boolean newSandbox, List<Step> joining, boolean whole) {
        if (whole) {
            records.appendOutcome(new StateRecord.AttachUndone(endpoint.id()));
            forgetNew(sandbox, newSandbox);
        } else {
            LOG.warn("{} of {} is left over, which could not be removed", endpoint.hostEnd(), sandbox.name());
            if (newSandbox) {
                state.add(sandbox);
            }
            networks.waysOut().arrived(endpoint, joining);
            departures.leaveOver(endpoint);
        }
    }

    private void forgetNew(Sandbox sandbox, boolean newSandbox) {
        if (newSandbox) {
            records.appendOutcome(new StateRecord.SandboxRemoved(sandbox.id()));
        }
    }

    private static Endpoint endpoint(
            EndpointId id,
            Network network,
            Sandbox sandbox,
            InterfaceName interfaceName,
            NetworkLeases.Leased leased,
            AttachRequest request) {
        try {
            return new Endpoint(
                    id,
                    network.id(),
                    sandbox.id(),
                    interfaceName,
                    new InterfaceName("veth" + id.value().substring(0, HOST_END_DIGITS)),
                    leased.ipv4().map(ipv4 -> part(network.ipv4().orElseThrow(), ipv4)),
                    request.mac().orElseGet(() -> HardwareAddresses.of(network, leased)),
                    network.mtuBytes(),
                    request.aliases(),
                    request.gatewayPriority(),
                    leased.ipv6().map(ipv6 -> part(network.ipv6().orElseThrow(), ipv6)),
                    request.limits(),
                    request.egress(),
                    request.settings());
        } catch (IllegalArgumentException bad) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        }
    }

    private static EndpointIpv4 part(NetworkIpv4 network, Ipv4Address address) {
        int length = network.subnet().prefixLength();
        return new EndpointIpv4(new InterfaceAddress(address, length), network.gateway());
    }

    private static EndpointIpv6 part(NetworkIpv6 network, Ipv6Address address) {
        int length = network.subnet().prefixLength();
        return new EndpointIpv6(new Ipv6InterfaceAddress(address, length), network.gateway());
    }

    /**
     * Whoever names no interface asks to be on the network, which a sandbox is once. What is on its way out may still come back,
     * and has its name and its place until it is gone.
     */
    private InterfaceName interfaceName(AttachRequest request, Network network, Sandbox sandbox) {
        List<Endpoint> others = new ArrayList<>(snapshot().endpointsOf(sandbox.id()));
        others.addAll(state.leaving(sandbox.id()));
        if (request.interfaceName().isPresent()) {
            refuseLoopback(request.interfaceName().get());
            refuseTaken(sandbox, request.interfaceName().get(), others);
            return request.interfaceName().get();
        }
        for (Endpoint other : others) {
            if (other.network().equals(network.id())) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        "sandbox " + sandbox.name() + " is on network " + network.name() + " already, with "
                                + other.addressText() + " on " + other.interfaceName() + leaving(other));
            }
        }
        Set<InterfaceName> taken = others.stream().map(Endpoint::interfaceName).collect(Collectors.toSet());
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> new InterfaceName(network.details().interfacePrefix() + number))
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static void refuseLoopback(InterfaceName interfaceName) {
        if (interfaceName.equals(LOOPBACK)) {
            throw new EngineException(
                    ErrorCode.INVALID_ARGUMENT,
                    "an interface cannot be called " + interfaceName
                            + ", which is the loopback interface: choose another name");
        }
    }

    private String leaving(Endpoint other) {
        return state.isLeaving(other.id()) ? ", which is leaving: try again" : "";
    }

    private void refuseTaken(Sandbox sandbox, InterfaceName interfaceName, List<Endpoint> others) {
        for (Endpoint other : others) {
            if (other.interfaceName().equals(interfaceName)) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        "sandbox " + sandbox.name() + " has an interface " + interfaceName + " already, endpoint "
                                + other.id().shortForm() + " with " + other.addressText()
                                + (state.isLeaving(other.id()) ? leaving(other) : ": choose another name"));
            }
        }
    }
}
