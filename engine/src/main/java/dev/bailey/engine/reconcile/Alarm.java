package dev.bailey.engine.reconcile;

import java.time.Duration;

/** Time, as repairs need it. */
public interface Alarm extends AutoCloseable {
    /** Returns a time in nanoseconds that never goes back, as {@link System#nanoTime} does. Any thread. */
    long nanoTime();

    /** Runs a task when the time is over, on a thread of its own or the caller's later; the task must be quick. Any thread. */
    void after(Duration wait, Runnable task);

    /** Ends it; what waits is dropped. */
    @Override
    void close();
}
