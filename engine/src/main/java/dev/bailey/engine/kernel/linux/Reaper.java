package dev.bailey.engine.kernel.linux;

import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Threads that wait for the kernel while it removes links.
 *
 * <p>The kernel holds whoever removes a link for some 15 ms, after the link has gone, until no processor can still see it
 * (rcu_barrier in netdev_run_todo of net/core/dev.c). Several waits go on at once, so there are several threads; they are
 * platform threads because the wait is a native call, and they end when there is nothing to do.
 */
final class Reaper implements AutoCloseable {
    private static final int MAX_THREADS = 16;
    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 10;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("bailey-reaper-", 1).daemon(true).factory());

    /** As many as removals went on at once. */
    private final ConcurrentLinkedDeque<RouteConnection> idle = new ConcurrentLinkedDeque<>();

    Reaper() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Removes a link, on one of the connections that earlier removals left; the consumer gets the refusal, or null when the kernel is done. */
    void remove(String name, Consumer<@org.jspecify.annotations.Nullable IOException> done) {
        threads.execute(() -> {
            try {
                remove(name);
                done.accept(null);
            } catch (IOException refusal) {
                done.accept(refusal);
            }
        });
    }

    private void remove(String name) throws IOException {
        RouteConnection kept = idle.poll();
        RouteConnection route = kept == null ? RouteConnection.open() : kept;
        try {
            route.request(RouteRequests.deleteLink(name));
        } finally {
            idle.push(route);
        }
    }

    @Override
    public void close() {
        ExecutorService pool = threads;
        pool.shutdown();
        try {
            if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
        idle.forEach(RouteConnection::close);
    }
}
