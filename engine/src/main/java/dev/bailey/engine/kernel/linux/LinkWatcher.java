package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelEvent;
import dev.bailey.engine.kernel.KernelException.Reason;
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
 * <p>An asked-for removal is complete at the kernel's notification, which comes some 15 ms before the answer to who asked;
 * should the notification be lost, the answer completes it.
 */
final class LinkWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkWatcher.class);
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final Consumer<KernelEvent> NOBODY = _ -> {};

    private final RouteEvents events;
    private final Map<String, CompletableFuture<Void>> removals = new ConcurrentHashMap<>();
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

    /** Removes a link through the reaper. */
    CompletionStage<Void> removal(String name, Reaper reaper) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<Void> earlier = removals.putIfAbsent(name, gone);
        if (earlier != null) {
            return earlier;
        }
        gone.whenComplete((_, _) -> reaper.gone(name));
        reaper.remove(name, refusal -> answered(name, gone, refusal));
        return gone;
    }

    private void answered(String name, CompletableFuture<Void> gone, @Nullable IOException refusal) {
        removals.remove(name, gone);
        if (refusal == null || Refusals.reason(refusal) == Reason.ABSENT) {
            gone.complete(null);
        } else {
            gone.completeExceptionally(Refusals.translated(refusal));
        }
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
            case RouteEvents.LinkRemoved(var link) -> removed(link.name());
            case RouteEvents.Overflow _ -> consumer.accept(new KernelEvent.Overflow());
            case RouteEvents.LinkChanged _,
                    RouteEvents.AddressChanged _,
                    RouteEvents.AddressRemoved _,
                    RouteEvents.RouteChanged _,
                    RouteEvents.RouteRemoved _,
                    RouteEvents.ForwardingChanged _ -> {}
        }
    }

    private void removed(String name) {
        CompletableFuture<Void> asked = removals.remove(name);
        if (asked != null) {
            asked.complete(null);
        } else {
            consumer.accept(new KernelEvent.LinkRemoved(name));
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
