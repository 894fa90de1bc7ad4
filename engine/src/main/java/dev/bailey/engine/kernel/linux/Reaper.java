package dev.bailey.engine.kernel.linux;

import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for the kernel while it removes links.
 *
 * <p>The kernel holds whoever removes a link for some 15 ms, after the link has gone, until no processor can still see it
 * (rcu_barrier in netdev_run_todo of net/core/dev.c). Several waits go on at once, so there are several threads; they are
 * platform threads because the wait is a native call. Two are kept, so that removals one after the other start none; the
 * others end when there is nothing to do.
 *
 * <p>Before that it removes one link after the other, each for a millisecond that nothing else on links gets in between.
 * So what is asked for during such a millisecond is removed together: the links are put into a group of their own, and the
 * group is removed. Any thread.
 */
final class Reaper implements AutoCloseable {
    private static final int KEPT_THREADS = 2;
    private static final int MAX_TOGETHER = 64;
    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 10;
    private static final int RANDOM_GROUPS = 1 << 30;

    /** Never more than removals begin while the kernel is busy with the first of them: one begins when the last has gone. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            KEPT_THREADS,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("bailey-reaper-", 1).daemon(true).factory());

    /** As many as removals went on at once. */
    private final ConcurrentLinkedDeque<RouteConnection> idle = new ConcurrentLinkedDeque<>();

    /** One that nobody else would choose: whatever is in it is removed. */
    private final int group = RANDOM_GROUPS + ThreadLocalRandom.current().nextInt(RANDOM_GROUPS);

    private final Deque<Removal> waiting = new ArrayDeque<>(); // guarded by this
    private final Set<String> going = new HashSet<>(); // guarded by this

    /** Who wants a link removed. */
    interface Client {
        /** The link has that index, and is removed next. */
        void leaving(int index);

        /** The kernel is done: with the refusal, or null. */
        void done(@Nullable IOException refusal);
    }

    private record Removal(String name, Client client) {}

    /** Removes a link. */
    synchronized void remove(String name, Client client) {
        waiting.add(new Removal(name, client));
        startNext();
    }

    /** Takes note that a link has gone, though the kernel is not done with it: the next ones may go. */
    synchronized void gone(String name) {
        if (going.remove(name)) {
            startNext();
        }
    }

    private void startNext() {
        if (!going.isEmpty() || waiting.isEmpty()) {
            return;
        }
        List<Removal> together = new ArrayList<>();
        while (together.size() < MAX_TOGETHER && !waiting.isEmpty()) {
            together.add(waiting.remove());
        }
        try {
            threads.execute(() -> carryOut(together));
            together.forEach(removal -> going.add(removal.name()));
        } catch (RejectedExecutionException closed) {
            together.forEach(removal -> removal.client().done(new IOException("the engine is stopped")));
        }
    }

    private void carryOut(List<Removal> together) {
        try {
            if (together.size() == 1 || !removedAtOnce(together)) {
                together.forEach(this::removeOne);
            }
        } finally {
            synchronized (this) {
                together.forEach(removal -> going.remove(removal.name()));
                startNext();
            }
        }
    }

    /** False when the kernel refused something, and some may be there still. */
    private boolean removedAtOnce(List<Removal> together) {
        try {
            List<Request> intoGroup = together.stream()
                    .map(removal -> RouteRequests.setGroup(removal.name(), group))
                    .toList();
            onConnection(route -> {
                announce(route, together);
                route.requestAll(intoGroup);
                route.request(RouteRequests.deleteGroup(group));
            });
        } catch (IOException refusal) {
            return false;
        }
        together.forEach(removal -> removal.client().done(null));
        return true;
    }

    private void removeOne(Removal removal) {
        try {
            onConnection(route -> {
                announce(route, List.of(removal));
                route.request(RouteRequests.deleteLink(removal.name()));
            });
            removal.client().done(null);
        } catch (IOException refusal) {
            removal.client().done(refusal);
        }
    }

    /** What the kernel tells first of a link on its way out has no name in it. */
    private static void announce(RouteConnection route, List<Removal> together) throws IOException {
        for (Removal removal : together) {
            route.link(removal.name()).ifPresent(link -> removal.client().leaving(link.index()));
        }
    }

    private interface Work {
        void on(RouteConnection route) throws IOException;
    }

    private void onConnection(Work work) throws IOException {
        RouteConnection kept = idle.poll();
        RouteConnection route = kept == null ? RouteConnection.open() : kept;
        try {
            work.on(route);
        } finally {
            idle.push(route);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        idle.forEach(RouteConnection::close);
    }
}
