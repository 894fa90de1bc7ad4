package dev.bailey.engine.model;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All networks, sandboxes and endpoints at one moment. Immutable: whoever holds one sees a whole and consistent state
 * for as long as they like, without a lock, while the one writer publishes the next.
 *
 * <p>Every look-up and every change costs O(log32 n), which for what fits on one host means two or three steps: the
 * indexes are hash tries that share all but the changed path with the snapshot before. Copying plain maps instead would
 * cost each attach more the more endpoints there are; concurrent maps would show readers half of a change.
 *
 * <p>The methods that change it check what must hold between the parts and answer a breach with
 * {@link IllegalStateException}: requests are to be refused before.
 */
public final class Snapshot {
    private static final Snapshot EMPTY = new Snapshot(
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            PersistentMap.empty(),
            EndpointIndex.EMPTY,
            PublishedPorts.NONE);

    private final PersistentMap<NetworkId, Network> networks;
    private final PersistentMap<String, Network> networksByName;
    private final PersistentMap<InterfaceName, Network> networksByBridge;
    private final PersistentMap<SandboxId, Sandbox> sandboxes;
    private final PersistentMap<String, Sandbox> sandboxesByName;
    private final PersistentMap<Long, Sandbox> sandboxesByInode;
    private final EndpointIndex endpoints;
    private final PublishedPorts ports;

    private Snapshot(
            PersistentMap<NetworkId, Network> networks,
            PersistentMap<String, Network> networksByName,
            PersistentMap<InterfaceName, Network> networksByBridge,
            PersistentMap<SandboxId, Sandbox> sandboxes,
            PersistentMap<String, Sandbox> sandboxesByName,
            PersistentMap<Long, Sandbox> sandboxesByInode,
            EndpointIndex endpoints,
            PublishedPorts ports) {
        this.networks = networks;
        this.networksByName = networksByName;
        this.networksByBridge = networksByBridge;
        this.sandboxes = sandboxes;
        this.sandboxesByName = sandboxesByName;
        this.sandboxesByInode = sandboxesByInode;
        this.endpoints = endpoints;
        this.ports = ports;
    }

    /** The snapshot without anything in it. */
    public static Snapshot empty() {
        return EMPTY;
    }

    /** All networks, in no particular order. */
    public Collection<Network> networks() {
        return networks.values();
    }

    /** The network with this id. */
    public Optional<Network> network(NetworkId id) {
        return Optional.ofNullable(networks.get(id));
    }

    /** The network with this name. */
    public Optional<Network> networkNamed(String name) {
        return Optional.ofNullable(networksByName.get(name));
    }

    /** The network whose bridge has this name. */
    public Optional<Network> networkOfBridge(InterfaceName bridge) {
        return Optional.ofNullable(networksByBridge.get(bridge));
    }

    /** The network that endpoints join when none is asked for, once it has been made. */
    public Optional<Network> defaultNetwork() {
        return networkNamed(Network.DEFAULT_NAME);
    }

    /** All sandboxes, in no particular order. */
    public Collection<Sandbox> sandboxes() {
        return sandboxes.values();
    }

    /** The sandbox with this id. */
    public Optional<Sandbox> sandbox(SandboxId id) {
        return Optional.ofNullable(sandboxes.get(id));
    }

    /** The sandbox with this name. */
    public Optional<Sandbox> sandboxNamed(String name) {
        return Optional.ofNullable(sandboxesByName.get(name));
    }

    /** The sandbox whose network namespace has this inode. */
    public Optional<Sandbox> sandboxOfNetns(long inode) {
        return Optional.ofNullable(sandboxesByInode.get(inode));
    }

    /** All endpoints, in no particular order. */
    public Collection<Endpoint> endpoints() {
        return endpoints.all().values();
    }

    /** The endpoint with this id. */
    public Optional<Endpoint> endpoint(EndpointId id) {
        return Optional.ofNullable(endpoints.all().get(id));
    }

    /** The endpoint whose host end has this name. */
    public Optional<Endpoint> endpointOfHostEnd(InterfaceName hostEnd) {
        return Optional.ofNullable(endpoints.byHostEnd().get(hostEnd));
    }

    /** The endpoints of one sandbox, in no particular order; empty when there is no such sandbox. */
    public Collection<Endpoint> endpointsOf(SandboxId sandbox) {
        return endpoints.of(sandbox).values();
    }

    /** The endpoints on one network, in no particular order; empty when there is no such network. */
    public Collection<Endpoint> endpointsOn(NetworkId network) {
        return endpoints.on(network).values();
    }

    /** Everything that is published. */
    public PublishedPorts ports() {
        return ports;
    }

    /**
     * The endpoints on one network that others on it know by this name, in no particular order: that of their sandbox, its
     * short id, or an alias.
     *
     * @param name in lower case: names differ in more than that, or not at all (RFC 4343)
     */
    public Collection<Endpoint> endpointsNamed(NetworkId network, String name) {
        return endpoints.names().named(network, name);
    }

    /** The endpoint on one network that has this address, of either family. */
    public Optional<Endpoint> endpointAt(NetworkId network, IpAddress address) {
        return Optional.ofNullable(endpoints.names().at(network, address));
    }

    /** The names in lower case that others on its network find an endpoint of this snapshot by. */
    public Set<String> namesOf(Endpoint endpoint) {
        return NameIndex.namesOf(
                endpoint, checkPresent(sandboxes.get(endpoint.sandbox()), "sandbox", endpoint.sandbox()));
    }

    /** A snapshot with this network too. */
    public Snapshot with(Network network) {
        checkAbsent(networks.get(network.id()), network);
        checkAbsent(networksByName.get(network.name()), network);
        checkAbsent(networksByBridge.get(network.bridge()), network);
        return new Snapshot(
                networks.with(network.id(), network),
                networksByName.with(network.name(), network),
                networksByBridge.with(network.bridge(), network),
                sandboxes,
                sandboxesByName,
                sandboxesByInode,
                endpoints,
                ports);
    }

    /** A snapshot in which this network, which must be there, lets something else through. */
    public Snapshot with(NetworkId id, NetworkOptions options) {
        return withChanged(checkPresent(networks.get(id), "network", id).with(options));
    }

    /** A snapshot in which the network of this id, which must be there under the same name and bridge, is this one. */
    public Snapshot withChanged(Network changed) {
        Network before = checkPresent(networks.get(changed.id()), "network", changed.id());
        if (!before.name().equals(changed.name()) || !before.bridge().equals(changed.bridge())) {
            throw new IllegalStateException(
                    "cannot change " + before + " to " + changed + ": its name or bridge differs");
        }
        return new Snapshot(
                networks.with(changed.id(), changed),
                networksByName.with(changed.name(), changed),
                networksByBridge.with(changed.bridge(), changed),
                sandboxes,
                sandboxesByName,
                sandboxesByInode,
                endpoints,
                ports);
    }

    /** A snapshot without this network, which must be there and have no endpoints. */
    public Snapshot without(NetworkId id) {
        Network network = checkPresent(networks.get(id), "network", id);
        checkNoEndpoints(endpointsOn(id), network);
        return new Snapshot(
                networks.without(id),
                networksByName.without(network.name()),
                networksByBridge.without(network.bridge()),
                sandboxes,
                sandboxesByName,
                sandboxesByInode,
                endpoints,
                ports);
    }

    /** A snapshot with this sandbox too. */
    public Snapshot with(Sandbox sandbox) {
        checkAbsent(sandboxes.get(sandbox.id()), sandbox);
        checkAbsent(sandboxesByName.get(sandbox.name()), sandbox);
        checkAbsent(sandboxesByInode.get(sandbox.netnsInode()), sandbox);
        return new Snapshot(
                networks,
                networksByName,
                networksByBridge,
                sandboxes.with(sandbox.id(), sandbox),
                sandboxesByName.with(sandbox.name(), sandbox),
                sandboxesByInode.with(sandbox.netnsInode(), sandbox),
                endpoints,
                ports);
    }

    /** A snapshot without this sandbox, which must be there and have no endpoints. */
    public Snapshot without(SandboxId id) {
        Sandbox sandbox = checkPresent(sandboxes.get(id), "sandbox", id);
        checkNoEndpoints(endpointsOf(id), sandbox);
        return new Snapshot(
                networks,
                networksByName,
                networksByBridge,
                sandboxes.without(id),
                sandboxesByName.without(sandbox.name()),
                sandboxesByInode.without(sandbox.netnsInode()),
                endpoints,
                ports);
    }

    /** A snapshot with this endpoint too, whose network and sandbox must be there. */
    public Snapshot with(Endpoint endpoint) {
        checkPresent(networks.get(endpoint.network()), "network", endpoint.network());
        Sandbox sandbox = checkPresent(sandboxes.get(endpoint.sandbox()), "sandbox", endpoint.sandbox());
        checkAbsent(endpoints.all().get(endpoint.id()), endpoint);
        checkAbsent(endpoints.byHostEnd().get(endpoint.hostEnd()), endpoint);
        return with(endpoints.with(endpoint, sandbox), ports);
    }

    /** A snapshot without this endpoint, which must be there, and what it publishes. */
    public Snapshot without(EndpointId id) {
        Endpoint endpoint = checkPresent(endpoints.all().get(id), "endpoint", id);
        Sandbox sandbox = checkPresent(sandboxes.get(endpoint.sandbox()), "sandbox", endpoint.sandbox());
        return with(endpoints.without(endpoint, sandbox), ports.without(ports.of(id)));
    }

    /** A snapshot in which this is what is published, by endpoints of the snapshot. */
    public Snapshot with(PublishedPorts published) {
        return with(endpoints, published);
    }

    private Snapshot with(EndpointIndex changed, PublishedPorts published) {
        return new Snapshot(
                networks,
                networksByName,
                networksByBridge,
                sandboxes,
                sandboxesByName,
                sandboxesByInode,
                changed,
                published);
    }

    private static <T> T checkPresent(@Nullable T found, String kind, Object id) {
        if (found == null) {
            throw new IllegalStateException("no " + kind + " " + id + " in the snapshot");
        }
        return found;
    }

    private static void checkAbsent(@Nullable Object holder, Object added) {
        if (holder != null) {
            throw new IllegalStateException("cannot add " + added + ": " + holder + " is in the snapshot");
        }
    }

    private static void checkNoEndpoints(Collection<Endpoint> left, Object removed) {
        if (!left.isEmpty()) {
            throw new IllegalStateException(
                    "cannot remove " + Objects.toString(removed) + ": it has " + left.size() + " endpoints");
        }
    }
}
