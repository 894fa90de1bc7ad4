package dev.bailey.runtime.conmon;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when something changed in a folder; one inotify instance and one thread for all folders.
 *
 * <p>Listeners run on that thread and must not block. They are called without a name, because the kernel may drop
 * notifications and say only that it did: a listener looks for itself.
 */
public final class DirectoryWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatcher.class);
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.OVERFLOW
    };

    private final WatchService service;
    // Guards the step from "no listener" to a key and back; nothing else is called under it.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<WatchKey, List<Runnable>> listeners = new ConcurrentHashMap<>();

    /** A watcher with its thread running. */
    public DirectoryWatcher() throws IOException {
        service = FileSystems.getDefault().newWatchService();
        Thread.ofPlatform().daemon().name("folder-watcher").start(this::run);
    }

    /**
     * Calls a listener at every change in a folder from now on.
     *
     * @return ends it
     */
    public Subscription watch(Path folder, Runnable listener) throws IOException {
        lock.lock();
        try {
            WatchKey key = folder.register(service, KINDS);
            listeners
                    .computeIfAbsent(key, fresh -> new CopyOnWriteArrayList<>())
                    .add(listener);
            return () -> remove(key, listener);
        } finally {
            lock.unlock();
        }
    }

    /** Ends every subscription. */
    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException ignored) {
            LOG.debug("closing the folder watcher", ignored);
        }
    }

    private void remove(WatchKey key, Runnable listener) {
        lock.lock();
        try {
            List<Runnable> ofKey = listeners.getOrDefault(key, List.of());
            if (ofKey.remove(listener) && ofKey.isEmpty()) {
                listeners.remove(key);
                key.cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                key.pollEvents();
                key.reset();
                listeners.getOrDefault(key, List.of()).forEach(DirectoryWatcher::call);
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            LOG.debug("the folder watcher ends");
        }
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failure) {
            LOG.error("a listener of the folder watcher failed", failure);
        }
    }

    /** Ends one listener; idempotent. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
