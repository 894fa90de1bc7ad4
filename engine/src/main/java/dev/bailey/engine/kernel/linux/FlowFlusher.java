package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.netlink.conntrack.ConntrackConnection;
import dev.bailey.netlink.conntrack.ConntrackFilter;
import dev.bailey.netlink.conntrack.TrackedConnection;
import dev.bailey.netlink.conntrack.Transport;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets tracked connections of published ports, on a thread of its own: to find them the kernel walks through all it has,
 * which no publication waits for. What is asked for within some milliseconds, or during a walk, is done together: the walk
 * keeps one processor from everybody else meanwhile, the steps of the very detach included that asked for it.
 *
 * <p>Connection tracking remembers for a connection whether it was redirected, and asks no rule again. A UDP sender that goes
 * on with the same port would therefore never reach a port that was published meanwhile, nor let go of one that was not.
 */
final class FlowFlusher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowFlusher.class);

    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Deque<PublishedPort> waiting = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this

    private final Thread thread;

    private FlowFlusher() {
        this.thread = Thread.ofPlatform().name("bailey-flows").daemon(true).unstarted(this::work);
    }

    /** Starts the thread in the network namespace of the calling one. */
    static FlowFlusher start() {
        FlowFlusher flusher = new FlowFlusher();
        flusher.thread.start();
        return flusher;
    }

    synchronized void flush(Collection<PublishedPort> ports) {
        waiting.addAll(ports);
        notifyAll();
    }

    private void work() {
        try {
            for (List<PublishedPort> ports = take(); !ports.isEmpty(); ports = take()) {
                forget(ports);
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next ports, and for more that come soon; none when there will not be any. */
    private synchronized List<PublishedPort> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        long end = System.nanoTime() + GATHERING.toNanos();
        for (long left = GATHERING.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        List<PublishedPort> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private static void forget(List<PublishedPort> ports) {
        try (ConntrackConnection conntrack = ConntrackConnection.open()) {
            Meant meant = new Meant(ports, localAddresses());
            for (TrackedConnection tracked : conntrack.connections(ConntrackFilter.ALL)) {
                if (meant.includes(tracked)) {
                    conntrack.delete(tracked);
                }
            }
        } catch (IOException refusal) {
            LOG.warn("could not forget connections of {} published ports: {}", ports.size(), refusal.getMessage());
        }
    }

    private static Set<IpAddress> localAddresses() throws IOException {
        Set<IpAddress> local = new HashSet<>();
        try (RouteConnection route = RouteConnection.open()) {
            for (List<Address> family : List.of(route.ipv4Addresses(), route.ipv6Addresses())) {
                family.forEach(address -> local.add(address(address.prefix().address())));
            }
        }
        return local;
    }

    private static IpAddress address(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? new Ipv4Address(ByteBuffer.wrap(bytes).getInt())
                : Ipv6Address.of(bytes);
    }

    /**
     * Which connections are meant: those to the ports of this host, those that were redirected to the sandboxes, and those to
     * ports of sandboxes that are open at their own addresses.
     */
    private static final class Meant {
        private final Map<Integer, BitSet> numbers = new HashMap<>();
        private final List<PublishedPort> ports;
        private final Set<IpAddress> local;

        Meant(List<PublishedPort> ports, Set<IpAddress> local) {
            this.ports = new ArrayList<>(ports);
            this.local = local;
            for (PublishedPort port : ports) {
                PortMapping mapping = port.mapping();
                set(mapping.protocol(), mapping.hostPorts());
                if (port.trusted()) {
                    set(mapping.protocol(), mapping.sandboxPorts());
                }
            }
        }

        private void set(TransportProtocol protocol, PortRange range) {
            numbers.computeIfAbsent(protocol.number(), _ -> new BitSet()).set(range.first(), range.last() + 1);
        }

        boolean includes(TrackedConnection tracked) {
            return tracked.original().transport() instanceof Transport.Ports to
                    && numbers.getOrDefault(to.protocol(), new BitSet()).get(to.destination())
                    && ports.stream().anyMatch(port -> is(port, tracked, to));
        }

        private boolean is(PublishedPort port, TrackedConnection tracked, Transport.Ports to) {
            PortMapping mapping = port.mapping();
            IpAddress destination = address(tracked.original().destination());
            if (mapping.protocol().number() != to.protocol()) {
                return false;
            }
            boolean own = (mapping.routed() || port.trusted())
                    && mapping.sandboxPorts().contains(to.destination())
                    && destination.equals(port.sandboxAddress());
            return own
                    || !mapping.routed()
                            && mapping.hostPorts().contains(to.destination())
                            && isToHost(port, tracked, destination);
        }

        private boolean isToHost(PublishedPort port, TrackedConnection tracked, IpAddress destination) {
            PortMapping mapping = port.mapping();
            return mapping.isOnAnyAddress()
                    ? mapping.family() == destination.family() && (isHosts(destination) || answers(tracked, port))
                    : destination.equals(mapping.hostAddress());
        }

        private boolean isHosts(IpAddress destination) {
            return local.contains(destination) || destination.isLoopback();
        }

        private static boolean answers(TrackedConnection tracked, PublishedPort port) {
            return address(tracked.reply().source()).equals(port.sandboxAddress());
        }
    }

    /** Has the thread do at once what was asked for, and end; waits for it, but no longer than a second. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSING);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
