package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.KernelEvent;
import dev.bailey.netlink.nftables.NftablesEvent;
import dev.bailey.netlink.nftables.NftablesMonitor;
import dev.bailey.netlink.route.RouteEvents;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what others do to the host that may break what the engine set up.
 *
 * <p>The kernel drops what the engine's own sockets did, and ports that work, before anything here wakes. What is left is
 * gathered for a moment, reported at once, and after a report nothing is looked at for a while: so these threads wake a few
 * dozen times a second at the most, whatever happens, and an attach does not wait for them.
 */
final class ChangeWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeWatcher.class);
    private static final Duration WAIT = Duration.ofMinutes(1);
    /** What belongs together mostly comes within this time. */
    private static final long GATHER_MILLIS = 3;

    private static final long REST_MILLIS = 15;

    private final RouteEvents routes;
    private final NftablesMonitor rules;
    private final WatchedRules watched;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private ChangeWatcher(RouteEvents routes, NftablesMonitor rules, WatchedRules watched) {
        this.routes = routes;
        this.rules = rules;
        this.watched = watched;
    }

    /**
     * Subscribes in the calling thread's namespace.
     *
     * @param routePort the port of the engine's route socket
     * @param rulesPort the port of its nf_tables socket
     */
    static ChangeWatcher open(int routePort, int rulesPort, WatchedRules watched) throws IOException {
        RouteEvents routes = RouteEvents.ofBreakages(routePort);
        try {
            return new ChangeWatcher(routes, NftablesMonitor.ofOthers(rulesPort), watched);
        } catch (IOException refusal) {
            routes.close();
            throw refusal;
        }
    }

    /** Starts the threads, in the calling thread's namespace. */
    void start(Consumer<KernelEvent> consumer) {
        watched.listen(() -> consumer.accept(new KernelEvent.Changed(HostChanges.ofRules(System.nanoTime()))));
        run("bailey-changes", () -> followLinks(consumer));
        run("bailey-rules", () -> followRules(consumer));
    }

    @FunctionalInterface
    private interface Turn {
        void take() throws IOException, InterruptedException;
    }

    private void run(String name, Turn turn) {
        threads.add(Thread.ofPlatform().name(name).daemon(true).start(() -> {
            try {
                while (!closed) {
                    takeOne(name, turn);
                }
            } catch (AsynchronousCloseException | InterruptedException ended) {
                LOG.debug("{} has ended", name);
            } catch (IOException failure) {
                LOG.error("can no longer follow what others change: {}", failure.getMessage());
            }
        }));
    }

    /** Whatever goes wrong with one report, the next one is looked at. */
    private void takeOne(String name, Turn turn) throws IOException, InterruptedException {
        try {
            turn.take();
        } catch (RuntimeException failure) {
            if (!closed) {
                LOG.error("{} failed", name, failure);
                Thread.sleep(REST_MILLIS);
            }
        }
    }

    private void followLinks(Consumer<KernelEvent> consumer) throws IOException, InterruptedException {
        Optional<RouteEvents.Event> first = routes.next(WAIT);
        if (first.isEmpty()) {
            return;
        }
        long since = System.nanoTime();
        Gatherer gatherer = new Gatherer();
        gatherer.add(first.get());
        Thread.sleep(GATHER_MILLIS);
        for (var next = routes.next(Duration.ZERO); next.isPresent(); ) {
            gatherer.add(next.get());
            next = routes.next(Duration.ZERO);
        }
        if (gatherer.overflow()) {
            consumer.accept(new KernelEvent.Overflow());
        } else if (!gatherer.isEmpty()) {
            consumer.accept(new KernelEvent.Changed(gatherer.report(since)));
        }
        Thread.sleep(REST_MILLIS);
    }

    private void followRules(Consumer<KernelEvent> consumer) throws IOException, InterruptedException {
        Optional<NftablesEvent> first = rules.next(WAIT);
        if (first.isEmpty()) {
            return;
        }
        long since = System.nanoTime();
        boolean suspicious = watched.matters(first.get());
        Thread.sleep(GATHER_MILLIS);
        for (var next = rules.next(Duration.ZERO); next.isPresent(); ) {
            suspicious |= watched.matters(next.get());
            next = rules.next(Duration.ZERO);
        }
        if (suspicious) {
            consumer.accept(new KernelEvent.Changed(HostChanges.ofRules(since)));
        }
        Thread.sleep(REST_MILLIS);
    }

    @Override
    public void close() {
        closed = true;
        routes.close();
        rules.close();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        watched.close();
    }
}
