package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.conmon.LogReader;
import dev.bailey.runtime.conmon.PendingAttach;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.JsonFiles;
import dev.bailey.runtime.state.Life;
import dev.bailey.runtime.state.Life.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One container as it is now, and who waits for it.
 *
 * <p>Reading the record needs no lock. Whoever changes the container's life holds {@link #lock} from the first look to
 * the last step; starting and cleaning up happen under it.
 */
final class ManagedContainer {
    private static final Logger LOG = LoggerFactory.getLogger(ManagedContainer.class);

    final ContainerId id;
    final ContainerFolders folders;
    /** Guards the container's life; never taken while another container's is held. */
    final ReentrantLock lock = new ReentrantLock();

    private volatile ContainerRecord record;
    private final List<PendingAttach> pendingAttaches = new ArrayList<>();
    private final List<LogReader> followers = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Integer> nextExit = new CompletableFuture<>();
    private final CompletableFuture<Integer> removed = new CompletableFuture<>();

    ManagedContainer(ContainerRecord record, ContainerFolders folders) {
        this.id = new ContainerId(record.id());
        this.record = record;
        this.folders = folders;
    }

    ContainerRecord record() {
        return record;
    }

    Phase phase() {
        return record.life().phase();
    }

    boolean running() {
        return phase() == Phase.RUNNING;
    }

    void requireRunning() {
        if (!running()) {
            throw new ContainerException(Kind.CONFLICT, "container " + id + " is not running");
        }
    }

    /** Takes the next step of the container's life, durably. */
    void save(Life next) throws IOException {
        ContainerRecord changed = record.with(next);
        JsonFiles.write(folders.state(), changed, ContainerRecord.class);
        record = changed;
    }

    /** Takes a step that has happened anyhow: also where a full disk cannot take note of it, which the next start finds out. */
    void happened(Life next) {
        try {
            save(next);
        } catch (IOException failure) {
            record = record.with(next);
            LOG.warn(
                    "that container {} is {} could not be written down: {}",
                    id.shortForm(),
                    next.phase(),
                    failure.getMessage());
        }
    }

    /** Has the container on other networks, durably. */
    void save(List<ContainerNetwork> networks) throws IOException {
        ContainerRecord changed = record.with(record.spec().with(networks));
        JsonFiles.write(folders.state(), changed, ContainerRecord.class);
        record = changed;
    }

    /** Completes with the exit code when the container ends the next time. */
    CompletableFuture<Integer> nextExit() {
        return nextExit;
    }

    /** Completes with the last exit code when the container is gone. */
    CompletableFuture<Integer> removed() {
        return removed;
    }

    /** Tells everybody who waits that the container has ended. */
    void announceExit(int exitCode) {
        CompletableFuture<Integer> waiting = nextExit;
        nextExit = new CompletableFuture<>();
        waiting.completeAsync(() -> exitCode, Thread::startVirtualThread);
        followers.forEach(LogReader::wake);
    }

    /** Tells everybody who waits that the container is gone. */
    void announceRemoval() {
        int exitCode = record.life().exitCode();
        removed.completeAsync(() -> exitCode, Thread::startVirtualThread);
        nextExit.completeAsync(() -> exitCode, Thread::startVirtualThread);
        followers.forEach(LogReader::wake);
        takePendingAttaches().forEach(PendingAttach::abandon);
    }

    /** Keeps a client that attached too early. */
    PendingAttach attachLater() {
        PendingAttach pending = new PendingAttach();
        pendingAttaches.add(pending);
        return pending;
    }

    /** The clients that attached too early, each handed out once. */
    List<PendingAttach> takePendingAttaches() {
        List<PendingAttach> taken = List.copyOf(pendingAttaches);
        pendingAttaches.clear();
        return taken;
    }

    void follow(LogReader reader) {
        followers.add(reader);
    }

    void unfollow(LogReader reader) {
        followers.remove(reader);
    }
}
