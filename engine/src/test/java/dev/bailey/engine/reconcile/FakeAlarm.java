package dev.bailey.engine.reconcile;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the test says so. Thread-safe. */
public final class FakeAlarm implements Alarm {
    private record Set(long at, Runnable task) {}

    private final PriorityQueue<Set> waiting = new PriorityQueue<>(Comparator.comparingLong(Set::at));
    private long now = 1;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void after(Duration wait, Runnable task) {
        waiting.add(new Set(now + wait.toNanos(), task));
    }

    /** Lets time pass, and with it whatever waits for that. */
    public void pass(Duration time) {
        long end = nanoTime() + time.toNanos();
        for (Runnable task = next(end); task != null; task = next(end)) {
            task.run();
        }
    }

    /** Lets time pass until something that waits is due, and runs it; false when nothing waits. */
    public boolean passToNext() {
        Runnable task;
        synchronized (this) {
            Set next = waiting.poll();
            if (next == null) {
                return false;
            }
            now = Math.max(now, next.at());
            task = next.task();
        }
        task.run();
        return true;
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable next(long end) {
        Set next = waiting.peek();
        if (next == null || next.at() > end) {
            now = end;
            return null;
        }
        now = Math.max(now, next.at());
        return waiting.remove().task();
    }

    @Override
    public synchronized void close() {
        waiting.clear();
    }
}
