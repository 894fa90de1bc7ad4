package dev.bailey.engine.dns;

import dev.bailey.engine.dns.wire.Wire;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.TransportProtocol;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The names that a sandbox sees: those of the endpoints on its own networks, and nothing of any other.
 *
 * <p>Pure: an answer depends on the snapshot and the question alone. A look-up costs O(the sandbox's endpoints), whatever
 * else exists; that of an address which is on none of the sandbox's networks O(networks).
 */
public final class LocalNames {
    private static final LocalAnswer LOOPBACK = new LocalAnswer.Loopback();
    private static final LocalAnswer NO_DATA = new LocalAnswer.NoData();
    private static final LocalAnswer NO_SUCH_NAME = new LocalAnswer.NoSuchName();
    private static final LocalAnswer ELSEWHERE = new LocalAnswer.Elsewhere();

    private static final String LOCALHOST = "localhost";
    private static final int DNS_PORT = 53;

    private final Supplier<ServicePorts> services;

    /**
     * Names with the ports of services.
     *
     * @param services which port a service has when its name is not a number; asked for when somebody asks
     */
    public LocalNames(Supplier<ServicePorts> services) {
        this.services = services;
    }

    /**
     * Whether sandboxes on a network have the resolver: on every one but the default network, where a container gets the
     * host's nameservers as it does from Docker.
     */
    public static boolean isServed(Network network) {
        return !network.name().equals(Network.DEFAULT_NAME) && !network.retired();
    }

    /**
     * Whether a sandbox has the resolver: one on a served network, whose namespace is the engine's own. A socket in a
     * namespace of somebody else's would keep it alive after its owner has removed it.
     */
    public static boolean isServed(Snapshot snapshot, SandboxId id) {
        return snapshot.sandbox(id).filter(Sandbox::owned).isPresent()
                && snapshot.endpointsOf(id).stream().anyMatch(endpoint -> servedNetwork(snapshot, endpoint) != null);
    }

    /**
     * Whether a sandbox has a DNS server of its own that others ask by TCP, as far as one can tell: it publishes the port. Two
     * cannot listen there.
     */
    public static boolean listensItself(Snapshot snapshot, SandboxId id) {
        return snapshot.endpointsOf(id).stream()
                .flatMap(endpoint -> snapshot.ports().of(endpoint.id()).stream())
                .map(PublishedPort::mapping)
                .anyMatch(mapping -> mapping.protocol() == TransportProtocol.TCP
                        && mapping.sandboxPorts().contains(DNS_PORT));
    }

    /** Whether questions of a sandbox may go to others: when one of its networks has a way out. */
    public static boolean mayAskElsewhere(Snapshot snapshot, SandboxId id) {
        for (Endpoint endpoint : snapshot.endpointsOf(id)) {
            Optional<Network> network = snapshot.network(endpoint.network());
            if (network.isPresent() && !network.get().options().internal()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Looks a name up.
     *
     * @param name in lower case, without a dot at its end
     * @param labels how many labels it has
     * @param type one of {@code Wire.TYPE_*} or another
     */
    public LocalAnswer find(Snapshot snapshot, SandboxId sandbox, String name, int labels, int type) {
        Collection<Endpoint> named = named(snapshot, sandbox, name);
        if (named != null) {
            return hasAddresses(named, type) ? new LocalAnswer.Endpoints(named) : NO_DATA;
        }
        if (ReverseNames.is(name)) {
            IpAddress address = ReverseNames.address(name);
            return address == null ? ELSEWHERE : pointer(snapshot, sandbox, address, type);
        }
        if (name.equals(LOCALHOST) || name.endsWith("." + LOCALHOST)) {
            return type == Wire.TYPE_A ? LOOPBACK : NO_DATA;
        }
        if (name.startsWith("_")) {
            LocalAnswer service = service(snapshot, sandbox, name, type);
            if (service != null) {
                return service;
            }
        }
        return labels == 1 && !isOfTopLevel(type) ? NO_SUCH_NAME : ELSEWHERE;
    }

    private static boolean hasAddresses(Collection<Endpoint> endpoints, int type) {
        return type == Wire.TYPE_ANY
                || type == Wire.TYPE_A && anyHas(IpFamily.IPV4, endpoints)
                || type == Wire.TYPE_AAAA && anyHas(IpFamily.IPV6, endpoints);
    }

    private static boolean anyHas(IpFamily family, Collection<Endpoint> endpoints) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.has(family));
    }

    /**
     * Names of one label are names of sandboxes, gone ones too, and tell nobody outside anything; but a validating resolver in
     * a sandbox asks for what top-level domains have.
     */
    private static boolean isOfTopLevel(int type) {
        return type == Wire.TYPE_NS || type == Wire.TYPE_SOA || type == Wire.TYPE_DS || type == Wire.TYPE_DNSKEY;
    }

    /** The endpoints of that name on the sandbox's first network that has any; a network's own name may stand behind it. */
    private static @Nullable Collection<Endpoint> named(Snapshot snapshot, SandboxId sandbox, String name) {
        Collection<Endpoint> best = null;
        Endpoint through = null;
        for (Endpoint own : snapshot.endpointsOf(sandbox)) {
            Network network = servedNetwork(snapshot, own);
            if (network == null) {
                continue;
            }
            Collection<Endpoint> found = named(snapshot, network, name);
            if (!found.isEmpty() && (through == null || isBefore(own, through))) {
                best = found;
                through = own;
            }
        }
        return best;
    }

    private static Collection<Endpoint> named(Snapshot snapshot, Network network, String name) {
        Collection<Endpoint> found = snapshot.endpointsNamed(network.id(), name);
        int rest = name.length() - network.name().length() - 1;
        if (found.isEmpty()
                && rest > 0
                && name.charAt(rest) == '.'
                && name.regionMatches(
                        true, rest + 1, network.name(), 0, network.name().length())) {
            return snapshot.endpointsNamed(network.id(), name.substring(0, rest));
        }
        return found;
    }

    /** The order of a sandbox's networks where more than one knows a name: that of its default route comes first. */
    private static boolean isBefore(Endpoint one, Endpoint other) {
        if (one.gatewayPriority() != other.gatewayPriority()) {
            return one.gatewayPriority() > other.gatewayPriority();
        }
        return one.interfaceName().value().compareTo(other.interfaceName().value()) < 0;
    }

    private static @Nullable Network servedNetwork(Snapshot snapshot, Endpoint endpoint) {
        return snapshot.network(endpoint.network()).filter(LocalNames::isServed).orElse(null);
    }

    /** {@code _http._tcp.web}, or with a port's number in the place of the service's name. */
    private @Nullable LocalAnswer service(Snapshot snapshot, SandboxId sandbox, String name, int type) {
        int protocol = name.indexOf('.') + 1;
        int host = name.indexOf('.', protocol) + 1;
        if (protocol == 0 || host == 0 || name.charAt(protocol) != '_') {
            return null;
        }
        Collection<Endpoint> named = named(snapshot, sandbox, name.substring(host));
        if (named == null) {
            return null;
        }
        int port = services.get().port(name.substring(1, protocol - 1), name.substring(protocol + 1, host - 1));
        if (port == 0) {
            return NO_SUCH_NAME;
        }
        return type == Wire.TYPE_SRV || type == Wire.TYPE_ANY
                ? new LocalAnswer.Service(port, name.substring(host), named)
                : NO_DATA;
    }

    private static boolean isOf(Network network, IpAddress address) {
        return switch (address) {
            case Ipv4Address ipv4 ->
                network.ipv4().filter(part -> part.subnet().contains(ipv4)).isPresent();
            case Ipv6Address ipv6 ->
                network.ipv6().filter(part -> part.subnet().contains(ipv6)).isPresent();
        };
    }

    private static LocalAnswer pointer(Snapshot snapshot, SandboxId sandbox, IpAddress address, int type) {
        for (Endpoint own : snapshot.endpointsOf(sandbox)) {
            Network network = servedNetwork(snapshot, own);
            if (network != null && isOf(network, address)) {
                Optional<String> name = snapshot.endpointAt(network.id(), address)
                        .flatMap(endpoint -> snapshot.sandbox(endpoint.sandbox()))
                        .map(found -> found.name().toLowerCase(Locale.ROOT) + "." + network.name());
                if (name.isEmpty()) {
                    return NO_SUCH_NAME;
                }
                return type == Wire.TYPE_PTR || type == Wire.TYPE_ANY ? new LocalAnswer.Pointer(name.get()) : NO_DATA;
            }
        }
        if (address.isLoopback()) {
            return NO_SUCH_NAME;
        }
        boolean ours = snapshot.networks().stream().anyMatch(network -> isOf(network, address));
        return ours ? NO_SUCH_NAME : ELSEWHERE;
    }
}
