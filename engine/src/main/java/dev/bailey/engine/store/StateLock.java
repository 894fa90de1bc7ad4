package dev.bailey.engine.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data root, held by one process at a time. The kernel ends it with the process; the file stays, and
 * tells others the process id of the holder.
 */
final class StateLock implements Closeable {
    /** Closing any descriptor of the file would end this process's lock on it, so nothing here opens it twice. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock, or throws a {@link StoreException} that names the holder. */
    static StateLock acquire(Path directory, Path dataRoot) throws IOException {
        synchronized (HELD) {
            Path file = directory.toRealPath().resolve("lock");
            if (HELD.contains(file)) {
                throw locked(dataRoot, Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw locked(dataRoot, Files.readString(file).strip());
            }
            HELD.add(file);
            return new StateLock(file, channel);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(pid), 0);
            }
            return lock;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static StoreException locked(Path dataRoot, String holder) {
        String process = holder.matches("[0-9]+") ? "process " + holder : "another process";
        return new StoreException(
                StoreException.Reason.LOCKED,
                process + " already runs on " + dataRoot + ": stop it, or choose another folder with --data-root",
                null);
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(file);
        }
    }
}
