package dev.bailey.linux;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Runs work on a platform thread made for it, and hands its outcome to the caller. */
final class DedicatedThread {

    /** Work that may also fail to enter its namespace. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, E extends Exception> {
        T run() throws E, LinuxException;
    }

    private DedicatedThread() {}

    static <T extends @Nullable Object, E extends Exception> T run(String name, Work<T, E> work)
            throws E, LinuxException {
        FutureTask<T> future = new FutureTask<>(work::run);
        Thread.ofPlatform().name(name).daemon().start(future);
        return outcome(future);
    }

    /**
     * Waits for what the work returned or threw. Not interruptible: the work is short, bounded, and
     * must be known to have ended; an interrupt that came meanwhile is set again.
     */
    static <T extends @Nullable Object, E extends Exception> T outcome(Future<T> future) throws E, LinuxException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (ExecutionException failure) {
                    throw DedicatedThread.<E>rethrown(failure);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // The work throws E, LinuxException or something unchecked, and nothing else.
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E rethrown(ExecutionException failure) {
        Throwable cause = Objects.requireNonNull(failure.getCause());
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (E) cause;
    }
}
