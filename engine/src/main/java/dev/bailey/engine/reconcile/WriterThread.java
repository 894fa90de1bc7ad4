package dev.bailey.engine.reconcile;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of a running engine.
 *
 * <p>Tasks wait in a queue for a thread of the writer's own: a platform thread, because native calls block it and because it
 * enters namespaces. A caller that finds nobody before it may do a short task by itself, since two changes of threads cost as
 * much as a tenth of an attach. The queue has no limit of its own, its length is bounded by the clients that wait for an
 * answer.
 */
public final class WriterThread implements Writer {
    private static final Logger LOG = LoggerFactory.getLogger(WriterThread.class);
    private static final long STOP_TIMEOUT_MILLIS = 30_000;

    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final ReentrantLock turn = new ReentrantLock();
    private final BooleanSupplier isHome;
    private final Thread thread;
    private volatile boolean closed; // written under queue
    private boolean ended; // confined to the thread

    /**
     * Starts the thread; it lives in the network namespace of the calling thread.
     *
     * @param name what thread dumps show
     * @param isHome whether the thread that asks could stand in for it: lives in that namespace, too
     */
    public WriterThread(String name, BooleanSupplier isHome) {
        this.isHome = isHome;
        thread = Thread.ofPlatform().name(name).daemon(true).start(this::run);
    }

    @Override
    public <T> T await(CompletableFuture<T> outcome) {
        try {
            return outcome.join();
        } catch (CompletionException failure) {
            throw unwrap(failure);
        }
    }

    @Override
    public <T> T callHere(Supplier<T> task) {
        if (!Thread.currentThread().isVirtual() && isHome.getAsBoolean() && turn.tryLock()) {
            try {
                if (unfinished.get() == 0 && !closed) {
                    return task.get();
                }
            } finally {
                turn.unlock();
            }
        }
        return call(task);
    }

    @Override
    public void post(Runnable task) {
        synchronized (queue) {
            if (closed) {
                throw new RejectedExecutionException("the engine is stopped");
            }
            unfinished.incrementAndGet();
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
            unfinished.incrementAndGet();
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
                Runnable task = queue.take();
                turn.lock();
                try {
                    task.run();
                } finally {
                    unfinished.decrementAndGet();
                    turn.unlock();
                }
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
