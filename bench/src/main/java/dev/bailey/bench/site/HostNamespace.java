package dev.bailey.bench.site;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Sysctl;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.HardwareAddress;
import dev.bailey.netlink.route.Prefix;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import dev.bailey.netlink.route.VethSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network namespace that stands for a host: with an uplink {@code eth0}, 198.51.100.2/24, and a default route to a
 * world that is a namespace as well. Each contender gets its own, so that none works on the rules of another.
 */
public final class HostNamespace implements AutoCloseable {
    private static final int LOOPBACK_INDEX = 1;
    private static final int UPLINK_INDEX = 2;
    private static final int WORLD_INDEX = 2;

    private final Path path;
    private final NetworkNamespace host;
    private final NetworkNamespace world;

    private HostNamespace(Path path, NetworkNamespace host, NetworkNamespace world) {
        this.path = path;
        this.host = host;
        this.world = world;
    }

    /**
     * Makes a host and its world.
     *
     * @param path what to bind the host's namespace to, for programs that are started in it
     */
    public static HostNamespace create(Path path) throws IOException {
        HostNamespace made = new HostNamespace(path, NetworkNamespace.create(), NetworkNamespace.create());
        try {
            made.host.bindTo(path);
            made.wire();
        } catch (IOException failure) {
            made.close();
            throw failure;
        }
        return made;
    }

    private void wire() throws IOException {
        Optional<HardwareAddress> anyMac = Optional.empty();
        VethSpec uplink = VethSpec.of(
                        new VethSpec.End("eth0", UPLINK_INDEX, 0, anyMac),
                        new VethSpec.End("h0", WORLD_INDEX, 0, anyMac))
                .up()
                .peerIn(world);
        inside(host, route -> {
            route.request(RouteRequests.createVeth(uplink));
            route.requestAll(List.of(
                    RouteRequests.setUp(LOOPBACK_INDEX, true),
                    RouteRequests.addAddress(new Address(UPLINK_INDEX, Prefix.parse("198.51.100.2/24")))));
        });
        inside(
                world,
                route -> route.requestAll(List.of(
                        RouteRequests.setUp(WORLD_INDEX, true),
                        RouteRequests.addAddress(new Address(WORLD_INDEX, Prefix.parse("198.51.100.1/24"))))));
        inside(
                host,
                route ->
                        route.request(RouteRequests.addRoute(Route.defaultVia(InetAddress.ofLiteral("198.51.100.1")))));
        host.call(() -> {
            Sysctl.write("net.ipv4.ip_forward", "1");
            return true;
        });
    }

    /** What is done on a route connection. */
    @FunctionalInterface
    interface RouteWork {
        void on(RouteConnection route) throws IOException;
    }

    private static void inside(NetworkNamespace namespace, RouteWork work) throws IOException {
        namespace.<Boolean, IOException>call(() -> {
            try (RouteConnection route = RouteConnection.open()) {
                work.on(route);
            }
            return true;
        });
    }

    /** Returns the file that the namespace is bound to. */
    public Path path() {
        return path;
    }

    /** Returns the host's namespace, which stays owned by this object. */
    public NetworkNamespace namespace() {
        return host;
    }

    /** Takes the name away and lets go of both namespaces. */
    @Override
    public void close() throws IOException {
        host.close();
        world.close();
        NetworkNamespace.unbind(path);
    }
}
