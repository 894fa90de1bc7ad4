package dev.bailey.lab;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Bounded waiting for a condition that nobody announces.
 *
 * <p>The condition is looked at again and again, first after 1 ms, later every 20 ms. What is waited for is told in words, so
 * that the failure says what did not happen.
 */
public final class Await {
    /** How long anything in a lab is waited for unless told otherwise: far more than it takes on a slow machine. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    /** A condition to wait for; an exception ends the wait and is passed on. */
    @FunctionalInterface
    public interface Condition {
        /** Whether what is waited for has happened. */
        boolean holds() throws Exception;
    }

    /**
     * Waits until the condition holds, at most {@link #LIMIT}.
     *
     * @param what what is waited for, in words that complete "waited for …"
     * @throws LabException when the time is over, or when looking failed
     */
    public static void until(String what, Condition condition) {
        until(what, LIMIT, condition);
    }

    /**
     * Waits until the condition holds, at most for the given time.
     *
     * @throws LabException when the time is over, or when looking failed
     */
    public static void until(String what, Duration limit, Condition condition) {
        value(what, limit, () -> condition.holds() ? Optional.of(true) : Optional.empty());
    }

    /**
     * Waits until there is a value, at most for the given time, and returns it.
     *
     * @throws LabException when the time is over, or when looking failed
     */
    public static <T> T value(String what, Duration limit, Callable<Optional<T>> source) {
        requireNonNull(what, "what");
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            Optional<T> value = look(what, source);
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new LabException("waited " + limit.toMillis() + " ms in vain for " + what);
            }
            LockSupport.parkNanos(pause);
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted while waiting for " + what);
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }

    private static <T> Optional<T> look(String what, Callable<Optional<T>> source) {
        try {
            return source.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LabException("waiting for " + what, e);
        }
    }
}
