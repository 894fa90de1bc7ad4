package dev.bailey.linux;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that goes into a namespace, does a task there and comes home, one task at a time.
 *
 * <p>A hop costs about 10 microseconds. Any thread may call, virtual ones too; tasks run in the order
 * of the calls. Home is the namespace of the thread that made this object.
 */
public final class NamespaceThread implements AutoCloseable {

    private final NetworkNamespace home;
    private final ExecutorService executor;
    private volatile @Nullable Thread thread;

    private NamespaceThread(NetworkNamespace home, String name) {
        this.home = home;
        this.executor = Executors.newSingleThreadExecutor(work -> {
            Thread worker = Thread.ofPlatform().name(name).daemon().unstarted(work);
            thread = worker;
            return worker;
        });
    }

    /** Makes the thread; {@code name} is what thread dumps show. */
    public static NamespaceThread start(String name) throws LinuxException {
        return new NamespaceThread(NetworkNamespace.ofCurrentThread(), name);
    }

    /**
     * Runs {@code task} inside {@code namespace} and waits for it, uninterruptibly.
     *
     * @throws E what the task throws
     * @throws LinuxException when the namespace cannot be entered or left; after the latter, the
     *     thread is closed, for it is in the wrong place
     * @throws IllegalStateException when called from inside a task, or closed
     */
    public <T extends @Nullable Object, E extends Exception> T call(NetworkNamespace namespace, Task<T, E> task)
            throws E, LinuxException {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a task cannot call the thread it runs on");
        }
        try {
            return DedicatedThread.<T, E>outcome(executor.submit(() -> inside(namespace, task)));
        } catch (RejectedExecutionException closed) {
            throw new IllegalStateException("the namespace thread is closed", closed);
        }
    }

    /** Does what {@link #call} does, for work that returns nothing. */
    public <E extends Exception> void run(NetworkNamespace namespace, Action<E> action) throws E, LinuxException {
        this.<Boolean, E>call(namespace, () -> {
            action.run();
            return true;
        });
    }

    private <T extends @Nullable Object, E extends Exception> T inside(NetworkNamespace namespace, Task<T, E> task)
            throws E, LinuxException {
        namespace.enter();
        try {
            return task.run();
        } finally {
            comeHome();
        }
    }

    private void comeHome() throws LinuxException {
        try {
            home.enterAgain();
        } catch (LinuxException lost) {
            executor.shutdown();
            throw lost;
        }
    }

    /** Waits for the tasks that were called, then ends the thread. */
    @Override
    public void close() {
        executor.close();
        home.close();
    }
}
