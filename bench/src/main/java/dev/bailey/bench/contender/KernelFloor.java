package dev.bailey.bench.contender;

import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.NamespacePool;
import dev.bailey.linux.NamespaceThread;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that the kernel takes for an attach: one send that makes a veth pair with its peer born in the namespace and
 * no address on the host end, and one send inside, with the attributes that the engine uses; no daemon, no rules, no state.
 *
 * <p>A detach waits for the acknowledgement of RTM_DELLINK, which the kernel gives some 15 ms after the link has gone.
 */
public final class KernelFloor implements Contender {
    /** What the tables call it. */
    public static final String NAME = "bare netlink loop";

    private static final String BRIDGE = "floor0";
    private static final int FIRST_INDEX = 100;
    private static final int LOOPBACK_INDEX = 1;
    private static final int MTU_BYTES = 1500;
    private static final InetAddress GATEWAY = InetAddress.ofLiteral("172.30.0.1");

    private final HostNamespace host;
    private final NamespacePool sandboxes;
    private final int bridge;
    private final AtomicInteger nextIndex = new AtomicInteger(FIRST_INDEX);

    private KernelFloor(HostNamespace host, NamespacePool sandboxes, int bridge) {
        this.host = host;
        this.sandboxes = sandboxes;
        this.bridge = bridge;
    }

    /**
     * Makes a host with a bridge.
     *
     * @param folder where namespaces are bound
     */
    public static KernelFloor open(Path folder) throws IOException {
        HostNamespace host = HostNamespace.create(folder.resolve("floor-host"));
        Task<Integer, IOException> makeBridge = () -> {
            try (RouteConnection route = RouteConnection.open()) {
                return bridge(route);
            }
        };
        int bridge = host.namespace().call(makeBridge);
        // The engine turns IPv6 off in a sandbox; so that the floor costs no more than that, it is off before.
        return new KernelFloor(host, new NamespacePool(folder, "floor-", false), bridge);
    }

    private static int bridge(RouteConnection route) throws IOException {
        HardwareAddress mac = new HardwareAddress("02:ba:00:00:00:01");
        route.request(RouteRequests.createBridge(BRIDGE, MTU_BYTES, Optional.of(mac)));
        int index = route.link(BRIDGE).orElseThrow().index();
        route.requestAll(List.of(
                RouteRequests.addAddress(new Address(index, new Prefix(GATEWAY, 16))),
                RouteRequests.setUp(index, true)));
        return index;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isPeer() {
        return false;
    }

    @Override
    public int largestPopulation() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void prepare(int count) throws IOException {
        sandboxes.grow(count);
    }

    @Override
    public Client connect() throws IOException {
        Task<Loop, IOException> open = () -> new Loop(RouteConnection.open(), NamespaceThread.start("bench-floor"));
        return host.namespace().call(open);
    }

    @Override
    public void verify(int slot) throws IOException {
        Verification.check(sandboxes.path(slot));
    }

    @Override
    public void close() throws IOException {
        sandboxes.close();
        host.close();
    }

    /**
     * The loop itself: its thread is inside the sandbox for the whole of an attach, while one of its sockets stays the
     * host's, so that what is timed is the kernel and nothing else.
     */
    private final class Loop implements Client {
        private final RouteConnection outside;
        private final NamespaceThread thread;

        Loop(RouteConnection outside, NamespaceThread thread) {
            this.outside = outside;
            this.thread = thread;
        }

        @Override
        public long attach(int slot) throws IOException {
            int index = nextIndex.getAndAdd(2);
            try (NetworkNamespace sandbox = NetworkNamespace.open(sandboxes.path(slot))) {
                Task<Long, IOException> attach = () -> timedAttach(slot, index, sandbox);
                return thread.call(sandbox, attach);
            }
        }

        private long timedAttach(int slot, int index, NetworkNamespace sandbox) throws IOException {
            long begin = System.nanoTime();
            outside.requestAll(List.of(
                    RouteRequests.createVeth(pair(slot, index, sandbox)),
                    RouteRequests.generateNoAddress(hostEnd(slot))));
            try (RouteConnection inside = RouteConnection.open()) {
                inside.requestAll(List.of(
                        RouteRequests.setUp(LOOPBACK_INDEX, true),
                        RouteRequests.setUp(index, true),
                        RouteRequests.addAddress(new Address(index, address(slot))),
                        RouteRequests.addRoute(Route.defaultVia(GATEWAY))));
            }
            return System.nanoTime() - begin;
        }

        @Override
        public long detach(int slot) throws IOException {
            long begin = System.nanoTime();
            outside.request(RouteRequests.deleteLink(hostEnd(slot)));
            return System.nanoTime() - begin;
        }

        @Override
        public void close() {
            outside.close();
            thread.close();
        }
    }

    private VethSpec pair(int slot, int index, NetworkNamespace sandbox) {
        HardwareAddress mac = HardwareAddress.of(new byte[] {2, (byte) 0xba, 0, 1, (byte) (slot >> 8), (byte) slot});
        return VethSpec.of(
                        new VethSpec.End(hostEnd(slot), index + 1, MTU_BYTES, Optional.empty()),
                        new VethSpec.End("eth0", index, MTU_BYTES, Optional.of(mac)))
                .master(bridge)
                .up()
                .peerIn(sandbox);
    }

    private static String hostEnd(int slot) {
        return "floor" + (slot + 1);
    }

    private static Prefix address(int slot) {
        int host = slot + 2;
        return Prefix.parse("172.30." + (host >> 8) + "." + (host & 0xff) + "/16");
    }
}
