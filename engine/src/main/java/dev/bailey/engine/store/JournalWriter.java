package dev.bailey.engine.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one that writes the journal: callers' threads append, and a thread of its own syncs for all who wait (group
 * commit) and compacts. The lock is held for a write into the page cache, and for some milliseconds at the end of a
 * compaction; never while syncing what callers wait for.
 */
final class JournalWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    /**
     * When to compact, and how much to write ahead.
     *
     * @param compactAfterBytes a journal is compacted when it has grown to twice its size and so much more
     * @param spareBytes zeros kept behind the last line
     */
    record Limits(long compactAfterBytes, int spareBytes) {
        static final Limits DEFAULT = new Limits(1 << 20, 1 << 18);
    }

    /** Who makes records durable. */
    enum Syncing {
        /** A thread of the writer's own. */
        THREAD,
        /** Whoever waits for it or calls {@link #turn}: in a history that must repeat there is nobody else. */
        CALLER
    }

    private final Disk disk;
    private final Path path;
    private final Limits limits;
    private final Syncing syncing;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("bailey-state").unstarted(this::run);

    /** Guards all below. What a sync waits for must not be waited for while holding it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Progress progress;
    private final LiveState state;
    private JournalFile file;
    private long compactAt;
    private @Nullable List<StateRecord> sinceCompactionBegan;

    private JournalWriter(Disk disk, LiveState state, JournalFile file, Limits limits, Syncing syncing) {
        this.syncing = syncing;
        this.disk = disk;
        this.path = disk.path(JournalFile.NAME);
        this.limits = limits;
        this.progress = new Progress(path, lock);
        this.state = state;
        this.file = file;
        planCompaction();
    }

    /** Puts a new journal with this state in the place of what is there, and begins to write to it. */
    static JournalWriter start(Disk disk, LiveState state, Limits limits) throws IOException {
        return start(disk, state, limits, Syncing.THREAD);
    }

    /** As {@link #start(Disk, LiveState, Limits)}, with records made durable by whom it says. */
    static JournalWriter start(Disk disk, LiveState state, Limits limits, Syncing syncing) throws IOException {
        JournalFile file = JournalFile.create(disk, state.records(), limits.spareBytes);
        try {
            disk.rename(JournalFile.TEMPORARY_NAME, JournalFile.NAME);
            disk.syncNames();
        } catch (IOException e) {
            closeQuietly(file);
            throw e;
        }
        JournalWriter writer = new JournalWriter(disk, state, file, limits, syncing);
        if (syncing == Syncing.THREAD) {
            writer.thread.start();
        }
        return writer;
    }

    private void planCompaction() {
        compactAt = 2 * file.size() + limits.compactAfterBytes;
    }

    /** Writes a record; it survives the end of this process, and later a loss of power. */
    Commit append(StateRecord record) {
        String text = RecordText.encode(record);
        lock.lock();
        try {
            progress.checkUsable();
            state.check(record);
            file.append(text);
            state.apply(record);
            if (sinceCompactionBegan != null) {
                sinceCompactionBegan.add(record);
            }
            return new Commit(this, progress.appended());
        } catch (IOException e) {
            throw diskException("cannot write state to " + path, e);
        } finally {
            lock.unlock();
        }
    }

    /** Has the disk write the record with this number without delay; where the callers sync, one of them will. */
    void hasten(long number) {
        lock.lock();
        try {
            progress.hasten(number);
        } finally {
            lock.unlock();
        }
    }

    /** Returns once the record with this number would survive a loss of power. */
    void awaitDurable(long number) {
        if (syncing == Syncing.CALLER) {
            turn();
        }
        progress.awaitDurable(number);
    }

    /** Whether anything can be stored still. */
    boolean isUsable() {
        lock.lock();
        try {
            return progress.failure().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Makes durable what is there, in the calling thread; nothing when there is nothing. */
    void turn() {
        syncOnce(progress::pending);
    }

    private static StoreException diskException(String what, IOException e) {
        return new StoreException(StoreException.Reason.DISK, what + ": " + e.getMessage(), e);
    }

    private void run() {
        try {
            while (syncOnce(progress::awaitWork)) {
                // Each turn serves everybody who appended during the one before.
            }
        } catch (RuntimeException | Error e) {
            fail(new StoreException(StoreException.Reason.DISK, "the state store's thread died: " + e, e));
            throw e;
        }
    }

    /** Takes what records there are, or waits for some, and makes them durable; false when there are none and there will be none. */
    private boolean syncOnce(Supplier<OptionalLong> work) {
        OptionalLong target;
        JournalFile current;
        long lines;
        boolean compact;
        lock.lock();
        try {
            target = work.get();
            current = file;
            lines = file.lines();
            compact = file.size() >= compactAt;
        } finally {
            lock.unlock();
        }
        if (target.isPresent() && !(compact && compacted("it has grown"))) {
            sync(current, target.getAsLong(), lines);
        }
        return target.isPresent();
    }

    private void sync(JournalFile current, long target, long lines) {
        try {
            current.sync();
        } catch (IOException e) {
            // What a failed sync leaves on the disk is unknown, and a second one may report success all the same:
            // only a new file, written from memory, can be trusted.
            if (!compacted("syncing it failed: " + e.getMessage())) {
                fail(diskException("cannot make state durable in " + path, e));
            }
            return;
        }
        lock.lock();
        try {
            current.synced(lines);
            progress.durable(target);
            prepareSpare();
        } finally {
            lock.unlock();
        }
    }

    private void prepareSpare() {
        try {
            file.prepareSpare();
        } catch (IOException e) {
            LOG.debug("no space to write zeros ahead in {}: {}", path, e.getMessage());
        }
    }

    private void fail(StoreException e) {
        LOG.error("{}; nothing more can be stored until a restart", e.getMessage());
        lock.lock();
        try {
            progress.fail(e);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a new file in the journal's place; false, with the old one still in use, when that was not possible. */
    private boolean compacted(String why) {
        LOG.debug("compacting {}: {}", path, why);
        try {
            replace(JournalFile.create(disk, beginCompaction(), limits.spareBytes));
            return true;
        } catch (IOException e) {
            compactionFailed(e);
            return false;
        }
    }

    private List<StateRecord> beginCompaction() {
        lock.lock();
        try {
            sinceCompactionBegan = new ArrayList<>();
            return state.records();
        } finally {
            lock.unlock();
        }
    }

    /** Adds what was written since the compaction began, and puts the new file in the journal's place. */
    private void replace(JournalFile next) throws IOException {
        lock.lock();
        try {
            for (StateRecord record : sinceCompactionBegan == null ? List.<StateRecord>of() : sinceCompactionBegan) {
                next.append(RecordText.encode(record));
            }
            next.sync();
            next.synced(next.lines());
            disk.rename(JournalFile.TEMPORARY_NAME, JournalFile.NAME);
            sinceCompactionBegan = null;
            switchTo(next);
        } catch (IOException e) {
            closeQuietly(next);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** From the rename on the old file has no name: whatever comes now, nothing may be written to it any more. */
    private void switchTo(JournalFile next) {
        closeQuietly(file);
        file = next;
        planCompaction();
        try {
            disk.syncNames();
            progress.allDurable();
        } catch (IOException e) {
            fail(diskException("cannot make the new name of " + path + " durable", e));
        }
    }

    private void compactionFailed(IOException e) {
        LOG.warn("cannot compact {}: {}; it goes on growing", path, e.getMessage());
        lock.lock();
        try {
            sinceCompactionBegan = null;
            compactAt = file.size() + limits.compactAfterBytes;
            disk.delete(JournalFile.TEMPORARY_NAME);
        } catch (IOException left) {
            LOG.debug("an incomplete journal is left behind: {}", left.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(JournalFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a journal that is of no use any more: {}", e.getMessage());
        }
    }

    /** Makes everything durable and lets go of the file. */
    @Override
    public void close() {
        lock.lock();
        try {
            progress.close();
        } finally {
            lock.unlock();
        }
        if (syncing == Syncing.CALLER) {
            turn();
        } else {
            joinThread();
        }
        closeQuietly(file);
    }

    private void joinThread() {
        try {
            if (!thread.join(Progress.MAX_WAIT)) {
                LOG.error("the disk of {} has not answered for {} s", path, Progress.MAX_WAIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
