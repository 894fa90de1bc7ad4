package dev.bailey.linux;

import org.jspecify.annotations.Nullable;

/**
 * The visits of platform threads that share a home to namespaces other than it: a thread enters, does a task and comes home.
 *
 * <p>A visit costs about 10 microseconds and no change of threads. It is for threads that somebody owns from their start to
 * their end and that all live in one namespace; whoever has none uses a {@link NamespaceThread}. One visit at a time: callers
 * take turns by a lock of their own.
 */
public final class NamespaceVisits implements AutoCloseable {
    private final NetworkNamespace home;
    private boolean away;

    private NamespaceVisits(NetworkNamespace home) {
        this.home = home;
    }

    /** Makes the namespace that the calling thread is in the home of all that will visit. */
    public static NamespaceVisits fromHere() throws LinuxException {
        return new NamespaceVisits(NetworkNamespace.ofCurrentThread());
    }

    /**
     * Runs {@code task} inside {@code namespace}.
     *
     * @throws E what the task throws
     * @throws LinuxException when the namespace cannot be entered, or not left again: then this thread is in the wrong
     *     place, and every later visit is refused
     * @throws IllegalStateException on a virtual thread, whose carrier would be moved; inside a task; and when a thread did
     *     not come home
     */
    public <T extends @Nullable Object, E extends Exception> T call(NetworkNamespace namespace, Task<T, E> task)
            throws E, LinuxException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("only a platform thread can enter a namespace");
        }
        if (away) {
            throw new IllegalStateException("a visit to another namespace has not ended");
        }
        namespace.enter();
        away = true;
        try {
            return task.run();
        } finally {
            home.enterAgain();
            away = false;
        }
    }

    /** Does what {@link #call} does, for work that returns nothing. */
    public <E extends Exception> void run(NetworkNamespace namespace, Action<E> action) throws E, LinuxException {
        this.<Boolean, E>call(namespace, () -> {
            action.run();
            return true;
        });
    }

    /** Lets go of home; the threads stay where they are. */
    @Override
    public void close() {
        home.close();
    }
}
