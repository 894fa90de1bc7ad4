package dev.bailey.engine.reconcile;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An alarm of real time; its thread is made when it is first needed. */
public final class AlarmThread implements Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmThread.class);

    private final ScheduledExecutorService thread;

    /** Makes an alarm whose thread will have that name. */
    public AlarmThread(String name) {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon(true).factory());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void after(Duration wait, Runnable task) {
        try {
            thread.schedule(() -> run(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed before an alarm was set");
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed before an alarm went off");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
