package dev.bailey.daemon.docker;

import dev.bailey.api.system.EventMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events and those who listen. Whoever publishes never waits: a listener that is too far behind is cut off.
 *
 * <p>Any thread may call any method.
 */
public final class EventLog {
    private static final int MAX_KEPT = 256;
    private static final int MAX_BEHIND = 4096;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as are the listeners. */
    private final Deque<EventMessage> kept = new ArrayDeque<>();

    private final List<Listener> listeners = new ArrayList<>();

    /** An empty log without listeners. */
    public EventLog() {}

    /** Adds an event. */
    public void publish(EventMessage event) {
        lock.lock();
        try {
            kept.add(event);
            if (kept.size() > MAX_KEPT) {
                kept.remove();
            }
            listeners.forEach(listener -> listener.offer(event));
            listeners.removeIf(listener -> listener.closed);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts to listen.
     *
     * @param since hear first of the kept events from this moment on; empty for none
     */
    Listener listen(Optional<Instant> since) {
        Listener listener = new Listener();
        lock.lock();
        try {
            since.ifPresent(from ->
                    kept.stream().filter(event -> !time(event).isBefore(from)).forEach(listener::offer));
            listeners.add(listener);
            return listener;
        } finally {
            lock.unlock();
        }
    }

    static Instant time(EventMessage event) {
        return Instant.ofEpochSecond(event.timeNano() / NANOS_PER_SECOND, event.timeNano() % NANOS_PER_SECOND);
    }

    /** Events on their way to one client. */
    final class Listener implements AutoCloseable {
        private final Condition changed = lock.newCondition();
        private final Deque<EventMessage> waiting = new ArrayDeque<>();
        private boolean closed;

        private void offer(EventMessage event) {
            waiting.add(event);
            closed |= waiting.size() > MAX_BEHIND;
            changed.signal();
        }

        /** Adds an event that this listener alone hears of. */
        void add(EventMessage event) {
            lock.lock();
            try {
                if (!closed) {
                    offer(event);
                }
            } finally {
                lock.unlock();
            }
        }

        /**
         * The next event; waits for one.
         *
         * @param timeoutNanos how long to wait at most
         * @return empty when the time is over or this listener is closed
         */
        Optional<EventMessage> next(long timeoutNanos) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = timeoutNanos;
                while (waiting.isEmpty() && !closed && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return Optional.ofNullable(waiting.poll());
            } finally {
                lock.unlock();
            }
        }

        /** Ends it: what waits is dropped, and so is whoever waits in {@link #next}. */
        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                waiting.clear();
                listeners.remove(this);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Whether it was closed, or was too far behind. */
        boolean isClosed() {
            lock.lock();
            try {
                return closed;
            } finally {
                lock.unlock();
            }
        }
    }

    /** How long a listener may wait for anything, {@code until} or not. */
    static long nanosUntil(Instant now, Optional<Instant> until) {
        long limit = TimeUnit.DAYS.toNanos(1);
        return until.map(end -> Math.min(limit, saturatedNanos(now, end))).orElse(limit);
    }

    private static long saturatedNanos(Instant from, Instant to) {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        return Math.abs(seconds) > TimeUnit.DAYS.toSeconds(1)
                ? TimeUnit.SECONDS.toNanos(Long.signum(seconds) * TimeUnit.DAYS.toSeconds(1))
                : java.time.Duration.between(from, to).toNanos();
    }
}
