package dev.bailey.daemon.service;

import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that gives the service manager the signs of life it waits for, as long as the service is alive: a process that
 * runs and does nothing any more gives none, and is ended and started again.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** Asked that often in an interval, so that one answer that comes late costs nothing. */
    private static final int TURNS = 3;

    private final Thread thread;

    private Watchdog(ServiceManager manager, Duration turn, Predicate<Duration> alive) {
        this.thread = Thread.ofPlatform().name("watchdog").daemon(true).start(() -> run(manager, turn, alive));
    }

    /**
     * Starts to give signs; does nothing where the manager keeps no watchdog.
     *
     * @param alive whether the service does its work, asked with the time that there is for an answer
     */
    public static AutoCloseable start(ServiceManager manager, Predicate<Duration> alive) {
        return manager.watchdogInterval()
                .<AutoCloseable>map(interval -> new Watchdog(manager, interval.dividedBy(TURNS), alive))
                .orElse(() -> {});
    }

    private static void run(ServiceManager manager, Duration turn, Predicate<Duration> alive) {
        try {
            while (true) {
                if (alive.test(turn)) {
                    manager.alive();
                } else if (!Thread.currentThread().isInterrupted()) {
                    LOG.error("no sign of life: the engine took no task for {} ms", turn.toMillis());
                }
                Thread.sleep(turn);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops to give signs. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
