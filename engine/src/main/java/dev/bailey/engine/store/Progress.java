package dev.bailey.engine.store;

import dev.bailey.engine.store.StoreException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many records are written, how many of them are safe on the disk, and who waits for what. All methods but
 * {@link #awaitDurable} are for holders of the writer's lock, which guards the fields.
 *
 * <p>A record that somebody waits for is synced at once, with all before it; others within {@link #GATHERING}, together
 * with what came meanwhile, so that a busy engine syncs some times a second instead of twice for each attach.
 */
final class Progress {
    /** A disk that does not answer for so long is taken for broken. */
    static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** How long a record that nobody waits for may stay in the page cache alone, where a loss of power takes it. */
    static final Duration GATHERING = Duration.ofMillis(50);

    private final Path journal;
    private final ReentrantLock lock;
    private final Condition work;
    private final Condition done;
    private long appended;
    private long durable;
    private long awaited;
    private @Nullable StoreException failure;
    private boolean closing;

    Progress(Path journal, ReentrantLock lock) {
        this.journal = journal;
        this.lock = lock;
        this.work = lock.newCondition();
        this.done = lock.newCondition();
    }

    /** Throws when nothing can be appended any more. */
    void checkUsable() {
        if (closing) {
            throw new StoreException(Reason.CLOSED, "the state store is closed", null);
        }
        failure().ifPresent(Progress::rethrow);
    }

    Optional<StoreException> failure() {
        return Optional.ofNullable(failure);
    }

    /** A stack of the caller's own, above that of the failure. */
    private static void rethrow(StoreException e) {
        throw new StoreException(e.reason(), String.valueOf(e.getMessage()), e);
    }

    /** The number of a record that has just been written. */
    long appended() {
        if (appended == durable) {
            work.signal();
        }
        return ++appended;
    }

    /** Waits for records that are not safe yet, and gives the number of the last; empty when there will be none. */
    OptionalLong awaitWork() {
        while (appended == durable && !closing && failure == null) {
            work.awaitUninterruptibly();
        }
        gather();
        return pending();
    }

    /** The number of the last record that is not safe yet; empty when there is none or nothing can be done for it. */
    OptionalLong pending() {
        return appended == durable || failure != null ? OptionalLong.empty() : OptionalLong.of(appended);
    }

    private void gather() {
        long left = GATHERING.toNanos();
        while (awaited <= durable && !closing && failure == null && left > 0) {
            try {
                left = work.awaitNanos(left);
            } catch (InterruptedException ignored) {
                // Nobody interrupts this thread on purpose; it ends by close().
            }
        }
    }

    /** All that is written is safe. */
    void allDurable() {
        durable(appended);
    }

    /** The records up to this number are safe. */
    void durable(long number) {
        durable = number;
        done.signalAll();
    }

    /** From now on nothing can be stored. */
    void fail(StoreException e) {
        failure = e;
        done.signalAll();
    }

    /** From now on nothing is to be stored. */
    void close() {
        closing = true;
        work.signal();
    }

    /** Has the record with this number made safe at once: somebody will wait for it. */
    void hasten(long number) {
        if (number > awaited) {
            awaited = number;
            work.signal();
        }
    }

    /** Returns once the record with this number is safe; an interrupt does not end the wait, and stays set. */
    void awaitDurable(long number) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        lock.lock();
        try {
            hasten(number);
            while (durable < number && failure == null && deadline - System.nanoTime() > 0) {
                try {
                    done.awaitNanos(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (durable < number) {
                failure().ifPresent(Progress::rethrow);
                throw new StoreException(
                        Reason.DISK,
                        "the disk of " + journal + " has not answered for " + MAX_WAIT.toSeconds() + " s",
                        null);
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
