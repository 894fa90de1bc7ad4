package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelEvent;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.RouteEvents;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the host's links, and tells apart the removals that were asked for from those that were not.
 *
 * <p>An asked-for removal is complete when the kernel tells that the link is on its way out, for then nobody finds it any
 * more. Of a bridge that comes 15 ms before the word that it is gone, for the kernel takes apart its multicast state meanwhile
 * (rcu_barrier in br_multicast_dev_del of net/bridge/br_multicast.c), of any link 15 ms before the answer to who asked. Should
 * a notification be lost, the next of the three completes it.
 */
final class LinkWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWatcher.class);
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final Consumer<KernelEvent> NOBODY = _ -> {};

    private final RouteEvents events;
    private final Map<String, Removal> removals = new ConcurrentHashMap<>();
    private final Map<Integer, Removal> leaving = new ConcurrentHashMap<>();
    private volatile Consumer<KernelEvent> consumer = NOBODY;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    private LinkWatcher(RouteEvents events) {
        this.events = events;
    }

    static LinkWatcher open() throws IOException {
        return new LinkWatcher(RouteEvents.ofRemovedLinks());
    }

    void start(Consumer<KernelEvent> of) {
        consumer = of;
        thread = Thread.ofPlatform().name("bailey-links").daemon(true).start(this::follow);
    }

    /** A removal that was asked for. */
    private final class Removal implements Reaper.Client {
        private final String name;
        private final CompletableFuture<Void> gone = new CompletableFuture<>();
        private volatile int index;

        Removal(String name) {
            this.name = name;
        }

        @Override
        public void leaving(int index) {
            this.index = index;
            leaving.put(index, this);
        }

        @Override
        public void done(@Nullable IOException refusal) {
            forget();
            if (refusal == null || Refusals.reason(refusal) == Reason.ABSENT) {
                gone.complete(null);
            } else {
                gone.completeExceptionally(Refusals.translated(refusal));
            }
        }

        private void forget() {
            removals.remove(name, this);
            leaving.remove(index, this);
        }
    }

    /** Removes a link through the reaper. One that left already may have made room for another of that name. */
    CompletionStage<Void> removal(String name, Reaper reaper) {
        Removal wanted = new Removal(name);
        Removal current = removals.merge(name, wanted, (earlier, later) -> earlier.gone.isDone() ? later : earlier);
        if (current == wanted) {
            wanted.gone.whenComplete((_, _) -> reaper.gone(name));
            reaper.remove(name, wanted);
        }
        return current.gone;
    }

    private void follow() {
        try {
            while (!closed) {
                events.next(WAIT).ifPresent(this::handle);
            }
        } catch (AsynchronousCloseException closed) {
            LOG.debug("stopped following links");
        } catch (IllegalStateException closedBetween) {
            if (!closed) {
                throw closedBetween;
            }
        } catch (IOException failure) {
            LOG.error("can no longer follow links: {}", failure.getMessage());
        }
    }

    private void handle(RouteEvents.Event event) {
        switch (event) {
            case RouteEvents.LinkLeaving(int link) -> left(link);
            case RouteEvents.LinkRemoved(var link) -> removed(link);
            case RouteEvents.Overflow _ -> consumer.accept(new KernelEvent.Overflow());
            case RouteEvents.LinkChanged _,
                    RouteEvents.AddressChanged _,
                    RouteEvents.AddressRemoved _,
                    RouteEvents.RouteChanged _,
                    RouteEvents.RouteRemoved _,
                    RouteEvents.RuleRemoved _,
                    RouteEvents.ForwardingChanged _ -> {}
        }
    }

    private void left(int index) {
        Removal asked = leaving.get(index);
        if (asked != null) {
            asked.gone.complete(null);
        }
    }

    private void removed(Link link) {
        Removal asked = leaving.get(link.index());
        if (asked != null) {
            asked.done(null);
        } else {
            consumer.accept(new KernelEvent.LinkRemoved(link.name()));
        }
    }

    @Override
    public void close() {
        closed = true;
        events.close();
        Thread follower = thread;
        if (follower != null) {
            try {
                follower.join(Duration.ofSeconds(5));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
