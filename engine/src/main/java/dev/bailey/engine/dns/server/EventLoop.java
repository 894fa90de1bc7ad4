package dev.bailey.engine.dns.server;

import dev.bailey.linux.Epoll;
import dev.bailey.linux.FileDescriptor;
import dev.bailey.linux.LinuxException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A platform thread that waits for sockets and lets each do its work, one after the other: nothing that it runs may wait.
 *
 * <p>Only {@link #execute} and {@link #close} are for other threads.
 */
final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private static final int REPORTS = 64;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long AFTER_ERROR_NANOS = 100 * NANOS_PER_MILLI;
    private static final long PAUSE_NANOS = 1_000 * NANOS_PER_MILLI;

    private final Epoll epoll;
    private final Thread thread;
    private final Map<Long, Watcher> watchers = new HashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));
    private long lastToken;
    private volatile boolean closing;

    /** Has the sockets' work to do. */
    interface Watcher {
        /**
         * Does what can be done now, without waiting.
         *
         * @param readable whether there is something to read, be it an end or an error
         * @param writable whether there is room to write, or an error
         * @param broken whether nothing can be read or written any more; reported again and again until it is closed
         */
        void ready(boolean readable, boolean writable, boolean broken) throws LinuxException;

        /** Ends what cannot go on. */
        void failed(Exception failure);
    }

    /** Something to do later, unless it is cancelled. */
    static final class Timer {
        private final long atNanos;
        private final Runnable task;
        private boolean cancelled;

        private Timer(long atNanos, Runnable task) {
            this.atNanos = atNanos;
            this.task = task;
        }

        private long atNanos() {
            return atNanos;
        }

        void cancel() {
            cancelled = true;
        }
    }

    /** A socket that is watched. */
    final class Watch {
        private boolean ended;

        private final FileDescriptor socket;
        private final long token;

        private Watch(FileDescriptor socket, long token) {
            this.socket = socket;
            this.token = token;
        }

        /** Changes what is waited for. */
        void change(boolean reading, boolean writing) throws LinuxException {
            epoll.change(socket, token, reading, writing);
        }

        /** Looks away from the socket for a while, as one that cannot be served would be reported again and again. */
        void pause() throws LinuxException {
            change(false, false);
            after(PAUSE_NANOS, () -> {
                if (!ended) {
                    try {
                        change(true, false);
                    } catch (LinuxException failure) {
                        LOG.error("cannot watch {} again", socket, failure);
                    }
                }
            });
        }

        /** Ends it: reports that are under way reach nobody. Closing the socket is the caller's. */
        void end() {
            ended = true;
            watchers.remove(token);
        }
    }

    private EventLoop(String name, Epoll epoll) {
        this.epoll = epoll;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Starts the thread, in the namespace of the calling one. */
    static EventLoop start(String name) throws LinuxException {
        EventLoop loop = new EventLoop(name, Epoll.open(REPORTS));
        loop.thread.start();
        return loop;
    }

    /** Watches a socket for something to read. */
    Watch watch(FileDescriptor socket, Watcher watcher) throws LinuxException {
        long token = ++lastToken;
        epoll.add(socket, token);
        watchers.put(token, watcher);
        return new Watch(socket, token);
    }

    /** Watches a socket for room to write, at first. */
    Watch watchForWriting(FileDescriptor socket, Watcher watcher) throws LinuxException {
        long token = ++lastToken;
        epoll.addForWriting(socket, token);
        watchers.put(token, watcher);
        return new Watch(socket, token);
    }

    /** Does something after a while. */
    Timer after(long nanos, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + nanos, task);
        timers.add(timer);
        return timer;
    }

    /**
     * Does something on the thread, in the order of the calls; any thread.
     *
     * @throws RejectedExecutionException when the loop is closed
     */
    void execute(Runnable task) {
        synchronized (tasks) {
            if (closing) {
                throw new RejectedExecutionException("the resolver is closed");
            }
            tasks.add(task);
            epoll.wake();
        }
    }

    private void run() {
        while (!closing || !tasks.isEmpty()) {
            try {
                turn();
            } catch (LinuxException | RuntimeException failure) {
                LOG.error("the resolver's loop goes on after an error", failure);
                LockSupport.parkNanos(AFTER_ERROR_NANOS);
            }
        }
        epoll.close();
    }

    private void turn() throws LinuxException {
        int reports = epoll.await(tasks.isEmpty() ? millisToNextTimer() : 0);
        for (int i = 0; i < reports; i++) {
            Watcher watcher = watchers.get(epoll.token(i));
            if (watcher != null) {
                serve(watcher, i);
            }
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            attempt(task);
        }
        runTimers();
    }

    private void serve(Watcher watcher, int report) {
        try {
            watcher.ready(epoll.readable(report), epoll.writable(report), epoll.broken(report));
        } catch (LinuxException | RuntimeException failure) {
            watcher.failed(failure);
        }
    }

    private int millisToNextTimer() {
        while (!timers.isEmpty() && timers.peek().cancelled) {
            timers.poll();
        }
        Timer next = timers.peek();
        if (next == null) {
            return -1;
        }
        long nanos = Math.max(next.atNanos - System.nanoTime(), 0);
        return (int) Math.min(Math.ceilDiv(nanos, NANOS_PER_MILLI), Integer.MAX_VALUE);
    }

    private void runTimers() {
        while (!timers.isEmpty() && (timers.peek().cancelled || timers.peek().atNanos - System.nanoTime() <= 0)) {
            Timer timer = timers.poll();
            if (!timer.cancelled) {
                attempt(timer.task);
            }
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            LOG.error("a task of the resolver failed", failure);
        }
    }

    /** Does the tasks that it has been given, then ends; waits for that. Sockets are left to their owners. */
    @Override
    public void close() {
        synchronized (tasks) {
            if (closing) {
                return;
            }
            closing = true;
            epoll.wake();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
