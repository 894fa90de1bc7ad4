package dev.bailey.engine.reconcile;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the model and the kernel.
 *
 * <p>A platform thread, because native calls block it and because it enters namespaces. Tasks run in the order in which
 * they were given; the queue has no limit of its own, its length is bounded by the clients that wait for an answer.
 */
public final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long STOP_TIMEOUT_MILLIS = 30_000;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closed; // guarded by queue
    private boolean ended; // confined to the thread

    /** Starts the thread; it lives in the network namespace of the calling thread. */
    public Writer(String name) {
        thread = Thread.ofPlatform().name(name).daemon(true).start(this::run);
    }

    /**
     * Runs a task on the writer's thread and returns what it returns; whatever it throws is thrown here. Any thread but the
     * writer's own.
     *
     * @throws RejectedExecutionException when the writer is closed
     */
    public <T> T call(Supplier<T> task) {
        try {
            return submit(task).join();
        } catch (CompletionException failure) {
            throw unwrap(failure);
        }
    }

    /** Queues a task and returns its outcome. Any thread. */
    public <T> CompletableFuture<T> submit(Supplier<T> task) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        post(() -> {
            try {
                outcome.complete(task.get());
            } catch (RuntimeException | Error failure) {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    /** Queues a task that must not throw. Any thread. */
    public void post(Runnable task) {
        synchronized (queue) {
            if (closed) {
                throw new RejectedExecutionException("the engine is stopped");
            }
            queue.add(task);
        }
    }

    /** Runs what is queued, then ends the thread; what comes later is rejected. */
    @Override
    public void close() {
        synchronized (queue) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(() -> ended = true);
        }
        try {
            thread.join(STOP_TIMEOUT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!ended) {
            try {
                queue.take().run();
            } catch (InterruptedException ignored) {
                // Nobody interrupts this thread on purpose; close() ends it by a task.
            } catch (RuntimeException | Error failure) {
                // A thread that ended here would leave everybody waiting who comes after.
                LOG.error("a task of the writer failed", failure);
            }
        }
    }

    private static RuntimeException unwrap(CompletionException failure) {
        return switch (failure.getCause()) {
            case RuntimeException cause -> cause;
            case Error cause -> throw cause;
            case null, default -> failure;
        };
    }
}
