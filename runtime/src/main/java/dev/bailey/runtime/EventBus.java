package dev.bailey.runtime;

import dev.bailey.runtime.ContainerEvent.Action;
import dev.bailey.runtime.state.ContainerRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to whoever listens, one after another, on a thread of its own. Safe for any thread. */
final class EventBus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);

    private final List<Consumer<ContainerEvent>> consumers = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("container-events").factory());

    /** Adds a consumer; closing the answer takes it away. */
    AutoCloseable subscribe(Consumer<ContainerEvent> consumer) {
        // An object of its own, so that one consumer may subscribe twice.
        Consumer<ContainerEvent> entry = consumer::accept;
        consumers.add(entry);
        return () -> consumers.remove(entry);
    }

    /** Tells of something that happened just now. */
    void publish(Action action, ContainerRecord container, Map<String, String> attributes) {
        ContainerEvent event = new ContainerEvent(
                Instant.now(),
                action,
                new ContainerId(container.id()),
                container.name(),
                container.spec().image(),
                container.spec().labels(),
                attributes);
        try {
            thread.execute(() -> consumers.forEach(consumer -> deliver(consumer, event)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("event after the end: {}", event);
        }
    }

    private static void deliver(Consumer<ContainerEvent> consumer, ContainerEvent event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException failure) {
            LOG.error("a listener failed at {}", event, failure);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
