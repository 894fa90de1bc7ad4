package dev.bailey.engine.reconcile;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The one place where the model and the kernel are changed: one task at a time, in the order in which they were given.
 *
 * <p>Whoever waits for a task or for what it began waits here, so that a simulation can decide who goes on next.
 */
public interface Writer extends AutoCloseable {
    /**
     * Runs a task on the writer's thread and returns what it returns; whatever it throws is thrown here. Any thread but the
     * writer's own.
     *
     * @throws RejectedExecutionException when the writer is closed
     */
    default <T> T call(Supplier<T> task) {
        return await(submit(task));
    }

    /**
     * Runs a short task, on the calling thread if nobody waits and it can stand in for the writer's, and otherwise as {@link
     * #call} does. A task must not be cut short by an interrupt of the caller: no waiting for others, no channels. Any thread
     * that is not in a task.
     *
     * @throws RejectedExecutionException when the writer is closed
     */
    <T> T callHere(Supplier<T> task);

    /**
     * Queues a task and returns its outcome. Any thread.
     *
     * @throws RejectedExecutionException when the writer is closed
     */
    default <T> CompletableFuture<T> submit(Supplier<T> task) {
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

    /**
     * Waits for the outcome of what a task began and somebody else finishes; whatever it failed with is thrown here. Any
     * thread but the writer's own.
     */
    <T> T await(CompletableFuture<T> outcome);

    /**
     * Queues a task that must not throw. Any thread.
     *
     * @throws RejectedExecutionException when the writer is closed
     */
    void post(Runnable task);

    /** Runs what is queued and ends; what comes later is rejected. */
    @Override
    void close();
}
