package dev.bailey.engine.store;

import dev.bailey.engine.store.JournalWriter.Syncing;
import dev.bailey.engine.store.StoreException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's durable state in {@code <data root>/state}: a journal that this process alone writes. Thread-safe.
 *
 * <p>The files are {@code journal}, {@code lock}, at times {@code journal.tmp}, and {@code journal.broken-<time>} for
 * each journal that was found damaged.
 */
public final class StateStore implements AutoCloseable {
    private static final String DIRECTORY = "state";
    private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

    private final Closeable lock;
    private final RecoveredState recovered;
    private final JournalWriter writer;

    private StateStore(Closeable lock, RecoveredState recovered, JournalWriter writer) {
        this.lock = lock;
        this.recovered = recovered;
        this.writer = writer;
    }

    /**
     * Takes a data root and reads what is there.
     *
     * @param dataRoot a folder; it is made where it is missing
     * @throws StoreException when another process has it, a newer version wrote it, or the disk refuses
     */
    public static StateStore open(Path dataRoot) {
        Path directory = dataRoot.resolve(DIRECTORY);
        try {
            Files.createDirectories(dataRoot);
            createPrivate(directory);
            StateLock lock = StateLock.acquire(directory, dataRoot);
            try {
                return open(lock, new FileDisk(directory));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException(Reason.DISK, "cannot use " + directory + " for state: " + reason(e), e);
        }
    }

    private static void createPrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static StateStore open(StateLock lock, Disk disk) throws IOException {
        Recovery recovery = Recovery.of(disk, InstantSource.system());
        recovery.warning().ifPresent(LOG::warn);
        RecoveredState recovered = recovery.state().toRecovered();
        JournalWriter writer = JournalWriter.start(disk, recovery.state(), JournalWriter.Limits.DEFAULT);
        return new StateStore(lock, recovered, writer);
    }

    /** A store on a disk that is nobody else's, which syncs in the threads of its callers. */
    static StateStore open(Disk disk, InstantSource clock, JournalWriter.Limits limits) throws IOException {
        Recovery recovery = Recovery.of(disk, clock);
        RecoveredState recovered = recovery.state().toRecovered();
        return new StateStore(() -> {}, recovered, JournalWriter.start(disk, recovery.state(), limits, Syncing.CALLER));
    }

    /** Whether anything can be stored still, before a restart. */
    boolean isUsable() {
        return writer.isUsable();
    }

    /** Does what a thread of the store's own would do by itself, where it has none. */
    void sync() {
        writer.turn();
    }

    /** What is wrong and would be right: the message of a file system's exception is often but the name of the file. */
    private static String reason(IOException e) {
        String text = e instanceof FileSystemException of && of.getReason() != null
                ? of.getFile() + ": " + of.getReason()
                : e.getClass().getSimpleName() + ": " + e.getMessage();
        String remedy = "";
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            remedy = "; make room, what is stored there is whole and what runs goes on";
        } else if (text.contains("Read-only")) {
            remedy = "; make it writable, or choose another folder with --data-root";
        }
        return text + remedy;
    }

    /** What an earlier process left; does not change. */
    public RecoveredState recovered() {
        return recovered;
    }

    /**
     * Writes a record. When this returns the record survives the end of the process, so that the step it announces may
     * begin; it survives a loss of power once the commit is durable. Costs a write into the page cache.
     *
     * @param record the record; one that does not fit those before is an {@link IllegalStateException}
     * @throws StoreException when the disk refuses or the store is closed; nothing is recorded then
     */
    public Commit append(StateRecord record) {
        return writer.append(record);
    }

    /** Makes everything durable and gives the data root free. */
    @Override
    public void close() {
        writer.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreException(Reason.DISK, "cannot give up the lock: " + reason(e), e);
        }
    }
}
