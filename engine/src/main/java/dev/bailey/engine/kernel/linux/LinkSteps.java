package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.linux.Action;
import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NamespaceSysctls;
import dev.bailey.linux.NamespaceVisits;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Prefix;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import dev.bailey.netlink.route.TokenBucket;
import dev.bailey.netlink.route.VethSpec;
import dev.bailey.netlink.route.VethSpec.End;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The steps on links. A veth pair is two sends, whatever else exists: one here that makes both ends, one in the sandbox.
 *
 * <p>For tasks of the writer, one at a time.
 */
final class LinkSteps implements AutoCloseable {
    private static final int LOOPBACK_INDEX = 1;
    private static final int MAX_INDEX_ATTEMPTS = 64;
    /** With the headers; what is segmented later on is handed to a link as one (GSO). */
    private static final long LARGEST_PACKET = 0x1_0100;

    private static final long MAX_BURST = 1L << 28;

    private final RouteConnection route;
    private final NamespaceVisits visits;
    private final NamespaceSysctls settings = new NamespaceSysctls();
    private final LinkIndexes indexes;
    private @Nullable MadeEnd lastMade;

    private LinkSteps(RouteConnection route, NamespaceVisits visits) {
        this.route = route;
        this.visits = visits;
        this.indexes = new LinkIndexes(route);
    }

    /** Steps in the calling thread's namespace, on a connection that stays the caller's. */
    static LinkSteps open(RouteConnection route) throws IOException {
        return new LinkSteps(route, NamespaceVisits.fromHere());
    }

    /** A sandbox end and the index chosen for it: what follows its making most of the time is its configuration. */
    private record MadeEnd(Path netns, InterfaceName name, int index) {
        boolean is(SandboxStep.ConfigureSandboxEnd step) {
            return netns.equals(step.netns()) && name.equals(step.sandboxEnd());
        }
    }

    void createBridge(LinkStep.CreateBridge step) throws IOException {
        String name = step.name().value();
        route.request(RouteRequests.createBridge(name, step.mtuBytes(), Optional.of(Values.hardware(step.mac()))));
    }

    void addAddress(LinkStep.AddAddress step) throws IOException {
        Address address = address(step.link(), step.address());
        route.request(
                switch (step.address()) {
                    case InterfaceAddress _ -> RouteRequests.addAddress(address);
                    case Ipv6InterfaceAddress _ -> RouteRequests.addAddressAtOnce(address);
                });
    }

    void removeAddress(LinkStep.RemoveAddress step) throws IOException {
        route.request(RouteRequests.deleteAddress(address(step.link(), step.address())));
    }

    /** Looks like the one that the kernel makes with the address; it refuses when that is there. */
    void addRoute(LinkStep.AddRoute step) throws IOException {
        Prefix subnet = Values.prefix(new InterfaceAddress(
                step.address().subnet().base(), step.address().prefixLength()));
        Route onLink = Route.onLink(subnet, indexes.of(step.link()));
        Route route = new Route(
                onLink.destination(),
                Optional.empty(),
                onLink.link(),
                Optional.of(Values.inet(step.address().address())),
                0,
                Route.MAIN_TABLE);
        try {
            this.route.request(RouteRequests.addKernelRoute(route));
        } catch (NetlinkException refusal) {
            if (!refusal.errno().equals(Errno.EEXIST)) {
                throw refusal;
            }
        }
    }

    private Address address(InterfaceName link, LinkAddress address) throws IOException {
        return new Address(indexes.of(link), Values.prefix(address));
    }

    void setMaster(LinkStep.SetMaster step) throws IOException {
        route.request(RouteRequests.setMaster(step.link().value(), indexes.of(step.bridge())));
    }

    /**
     * The indexes of both ends are chosen here, so that nobody has to ask for them afterwards. The kernel refuses one that
     * is taken, which happens when somebody else made a link meanwhile: then the next is tried. The bridge's index is one
     * that was seen earlier; when the kernel refuses, it is looked up again.
     */
    void createVeth(LinkStep.CreateVeth step) throws IOException {
        try (NetworkNamespace sandbox = NetworkNamespace.open(step.netns())) {
            for (int attempt = 1; ; attempt++) {
                int index = indexes.next();
                int bridge = indexes.remembered(step.bridge());
                try {
                    create(veth(step, sandbox, index, bridge));
                    lastMade = new MadeEnd(step.netns(), step.sandboxEnd(), index);
                    return;
                } catch (NetlinkException refusal) {
                    boolean moved = indexes.of(step.bridge()) != bridge;
                    if (attempt == MAX_INDEX_ATTEMPTS || !moved && !isIndexTaken(refusal, step)) {
                        throw refusal;
                    }
                }
            }
        }
    }

    /**
     * A port of a bridge has no use for an address of its own, and every one costs the kernel time with each link that goes
     * (fib6_ifdown of net/ipv6/route.c walks the routes of all). A kernel that refuses, for there is no IPv6, has made the
     * pair all the same.
     */
    private void create(VethSpec spec) throws IOException {
        try {
            route.requestAll(List.of(RouteRequests.createVeth(spec), RouteRequests.generateNoAddress(spec.name())));
        } catch (NetlinkException refusal) {
            if (refusal.index() == 0) {
                throw refusal;
            }
        }
    }

    private static VethSpec veth(LinkStep.CreateVeth step, NetworkNamespace sandbox, int index, int bridge) {
        End here = new End(step.hostEnd().value(), index + 1, step.mtuBytes(), Optional.empty());
        End peer = new End(step.sandboxEnd().value(), index, step.mtuBytes(), Optional.of(Values.hardware(step.mac())));
        return VethSpec.of(here, peer).master(bridge).up().peerIn(sandbox);
    }

    /** EEXIST is also the answer to a name that is taken, which no other index would help. */
    private boolean isIndexTaken(NetlinkException refusal, LinkStep.CreateVeth step) throws IOException {
        return refusal.errno().equals(Errno.EBUSY)
                || refusal.errno().equals(Errno.EEXIST)
                        && route.link(step.hostEnd().value()).isEmpty()
                        && !hasLink(step);
    }

    private boolean hasLink(LinkStep.CreateVeth step) throws IOException {
        try (NetworkNamespace sandbox = NetworkNamespace.open(step.netns())) {
            Task<Boolean, IOException> look = () -> {
                try (RouteConnection inside = RouteConnection.open()) {
                    return inside.link(step.sandboxEnd().value()).isPresent();
                }
            };
            return visits.call(sandbox, look);
        }
    }

    /** For a namespace that nobody else knows yet. */
    void setLoopbackUp(NetworkNamespace sandbox) throws IOException {
        Action<IOException> setUp = () -> {
            try (RouteConnection inside = RouteConnection.open()) {
                inside.request(RouteRequests.setUp(LOOPBACK_INDEX, true));
            }
        };
        visits.run(sandbox, setUp);
    }

    void configureSandboxEnd(SandboxStep.ConfigureSandboxEnd step) throws IOException {
        MadeEnd made = lastMade;
        lastMade = null;
        OptionalInt known = made != null && made.is(step) ? OptionalInt.of(made.index()) : OptionalInt.empty();
        try (NetworkNamespace sandbox = NetworkNamespace.open(step.netns())) {
            Action<IOException> configure = () -> configureHere(step, known);
            visits.run(sandbox, configure);
        }
    }

    private void configureHere(SandboxStep.ConfigureSandboxEnd step, OptionalInt known) throws IOException {
        String name = step.sandboxEnd().value();
        try (RouteConnection inside = RouteConnection.open()) {
            int index = known.isPresent() ? known.getAsInt() : LinkIndexes.look(inside, name);
            if (step.ipv6().isPresent()) {
                prepareIpv6(name);
            } else {
                disableIpv6(name);
            }
            for (Map.Entry<String, String> setting :
                    step.settings().paths(step.sandboxEnd()).entrySet()) {
                settings.write(setting.getKey(), setting.getValue());
            }
            List<Request> requests = new ArrayList<>();
            requests.add(RouteRequests.setUp(LOOPBACK_INDEX, true));
            requests.add(RouteRequests.setUp(index, true));
            step.ipv4().ifPresent(ipv4 -> requests.addAll(ofIpv4(index, ipv4)));
            step.ipv6().ifPresent(ipv6 -> requests.addAll(ofIpv6(index, ipv6)));
            inside.requestAll(requests);
        }
    }

    private static List<Request> ofIpv4(int index, SandboxStep.Ipv4End end) {
        List<Request> requests = new ArrayList<>();
        requests.add(RouteRequests.addAddress(new Address(index, Values.prefix(end.address()))));
        end.gateway().ifPresent(hop -> requests.add(RouteRequests.addRoute(Route.defaultVia(Values.inet(hop)))));
        return requests;
    }

    private static List<Request> ofIpv6(int index, SandboxStep.Ipv6End end) {
        List<Request> requests = new ArrayList<>();
        requests.add(RouteRequests.addAddressAtOnce(new Address(index, Values.prefix(end.address()))));
        end.gateway().ifPresent(hop -> requests.add(RouteRequests.addRoute(Route.defaultVia(Values.inet(hop)))));
        return requests;
    }

    void limitHostEnd(LinkStep.LimitHostEnd step) throws IOException {
        route.request(RouteRequests.limit(bucket(indexes.of(step.hostEnd()), step.rate())));
    }

    void limitSandboxEnd(SandboxStep.LimitSandboxEnd step) throws IOException {
        try (NetworkNamespace sandbox = NetworkNamespace.open(step.netns())) {
            Action<IOException> limit = () -> {
                try (RouteConnection inside = RouteConnection.open()) {
                    int index = LinkIndexes.look(inside, step.sandboxEnd().value());
                    inside.request(RouteRequests.limit(bucket(index, step.rate())));
                }
            };
            visits.run(sandbox, limit);
        }
    }

    /**
     * What comes at once after a pause is what a hundredth of a second carries, or the largest packet that a link is handed;
     * as much as a twentieth carries may wait.
     */
    private static TokenBucket bucket(int link, BitRate rate) {
        long burst = Math.clamp(rate.bytesPerSecond() / 100, LARGEST_PACKET, MAX_BURST);
        long queue = burst + Math.clamp(rate.bytesPerSecond() / 20, LARGEST_PACKET, MAX_BURST);
        return new TokenBucket(link, rate.bytesPerSecond(), (int) burst, (int) queue);
    }

    void moveDefaultRoute(SandboxStep.MoveDefaultRoute step) throws IOException {
        try (NetworkNamespace sandbox = NetworkNamespace.open(step.netns())) {
            Action<IOException> move = () -> moveDefaultRouteHere(step.to());
            visits.run(sandbox, move);
        }
    }

    private static void moveDefaultRouteHere(SandboxStep.Hop to) throws IOException {
        try (RouteConnection inside = RouteConnection.open()) {
            Route any = Route.defaultVia(Values.inet(to.gateway()));
            int index = LinkIndexes.look(inside, to.sandboxEnd().value());
            inside.request(RouteRequests.replaceRoute(
                    new Route(any.destination(), any.gateway(), index, any.source(), any.metric(), any.table())));
        }
    }

    void commitSourceRoutes(SandboxStep.CommitSourceRoutes step) throws IOException {
        try (NetworkNamespace sandbox = NetworkNamespace.open(step.netns())) {
            Action<IOException> commit = () -> {
                try (RouteConnection inside = RouteConnection.open()) {
                    SourceRoutes.commit(inside, step.wanted());
                }
            };
            visits.run(sandbox, commit);
        }
    }

    /** A network of IPv4 alone leaves no IPv6 address in a sandbox; a kernel without IPv6 has no such setting. */
    private void disableIpv6(String name) throws IOException {
        try {
            settings.write("net/ipv6/conf/" + name + "/disable_ipv6", "1");
        } catch (LinuxException refusal) {
            if (!refusal.errno().equals(Errno.ENOENT)) {
                throw refusal;
            }
        }
    }

    /**
     * IPv6 is on, whatever this host's new links have; nothing is learned from routers that others pretend to be; and nobody is
     * asked for an address on the link that is made of a MAC address which nobody else has.
     */
    private void prepareIpv6(String name) throws IOException {
        String own = "net/ipv6/conf/" + name + "/";
        settings.write(own + "disable_ipv6", "0");
        settings.write(own + "accept_ra", "0");
        settings.write(own + "accept_dad", "0");
    }

    @Override
    public void close() {
        visits.close();
        settings.close();
    }
}
