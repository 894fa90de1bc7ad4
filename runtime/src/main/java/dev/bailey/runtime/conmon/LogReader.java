package dev.bailey.runtime.conmon;

import dev.bailey.runtime.LogQuery;
import dev.bailey.runtime.LogRecord;
import dev.bailey.runtime.LogStream;
import dev.bailey.runtime.OutputStreamName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A container's log, read from its file; when following, woken by the folder watcher. */
public final class LogReader implements LogStream {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int BACKWARD_BYTES = 4096;
    private static final int HEADER_BYTES = 64;

    private final LogQuery query;
    private final BooleanSupplier live;
    private final Consumer<LogReader> onClose;
    private final Semaphore changed = new Semaphore(0);
    private final RandomAccessFile file;
    private final DirectoryWatcher.Subscription subscription;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private int position;
    private int limit;
    private volatile boolean closed;

    /**
     * A reader at the place where the query starts.
     *
     * @param path the log; an absent one is empty
     * @param query what is wanted
     * @param watcher tells when the log has grown
     * @param live whether more may come
     * @param onClose told when the reader is closed
     */
    public LogReader(
            Path path, LogQuery query, DirectoryWatcher watcher, BooleanSupplier live, Consumer<LogReader> onClose)
            throws IOException {
        this.onClose = onClose;
        this.query = query;
        this.live = live;
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.subscription = query.follow() ? watcher.watch(path.resolveSibling(""), this::wake) : () -> {};
        if (query.tail().isPresent()) {
            file.seek(tailStart(query.tail().getAsInt()));
        }
    }

    /** Has a blocked {@link #next} look again: the log has grown, or the container has ended. */
    public void wake() {
        changed.release();
    }

    @Override
    public Optional<LogRecord> next() throws IOException {
        while (!closed) {
            Optional<byte[]> bytes = readLine();
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            Optional<LogRecord> record = KubernetesLog.parse(bytes.get());
            if (record.isPresent()
                    && query.until().isPresent()
                    && record.get().time().isAfter(query.until().get())) {
                return Optional.empty();
            }
            if (record.filter(this::wanted).isPresent()) {
                return record;
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        subscription.close();
        wake();
        try {
            file.close();
        } catch (IOException alreadyGone) {
            // Only read from: nothing can be lost.
        }
    }

    private boolean wanted(LogRecord record) {
        boolean stream = record.stream() == OutputStreamName.STDOUT ? query.stdout() : query.stderr();
        return stream
                && query.since().map(since -> !record.time().isBefore(since)).orElse(true);
    }

    /** The next whole line; waits for it when following; empty at the end. */
    private Optional<byte[]> readLine() throws IOException {
        while (true) {
            if (position == limit && !fill()) {
                return Optional.empty();
            }
            while (position < limit) {
                byte next = chunk[position++];
                if (next == '\n') {
                    byte[] whole = line.toByteArray();
                    line.reset();
                    return Optional.of(whole);
                }
                line.write(next);
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        while (!closed) {
            // Asked before reading: what a container writes last is in the file before it counts as ended.
            boolean more = query.follow() && live.getAsBoolean();
            int read = read();
            if (read > 0) {
                limit = read;
                return true;
            }
            if (!more) {
                return false;
            }
            awaitChange();
        }
        return false;
    }

    private int read() throws IOException {
        try {
            return file.read(chunk);
        } catch (IOException failure) {
            if (closed) {
                return -1;
            }
            throw failure;
        }
    }

    private void awaitChange() throws IOException {
        try {
            changed.acquire();
            changed.drainPermits();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while following a log").initCause(interrupted);
        }
    }

    /** Where the last so many lines of output start: a line in several parts counts once. */
    private long tailStart(int lines) throws IOException {
        long end = file.length();
        long start = end;
        int found = 0;
        while (start > 0) {
            long previous = lineStart(start);
            if (wholeAt(previous) && ++found > lines) {
                return start;
            }
            start = previous;
        }
        return 0;
    }

    /** Where the line starts that ends just before an offset. */
    private long lineStart(long end) throws IOException {
        long to = end - 1;
        while (to > 0) {
            int size = (int) Math.min(BACKWARD_BYTES, to);
            file.seek(to - size);
            file.readFully(chunk, 0, size);
            OptionalInt newline = lastNewline(size);
            if (newline.isPresent()) {
                return to - size + newline.getAsInt() + 1;
            }
            to -= size;
        }
        return 0;
    }

    private OptionalInt lastNewline(int size) {
        for (int i = size - 1; i >= 0; i--) {
            if (chunk[i] == '\n') {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private boolean wholeAt(long offset) throws IOException {
        byte[] header = new byte[(int) Math.min(HEADER_BYTES, file.length() - offset)];
        file.seek(offset);
        file.readFully(header);
        return KubernetesLog.isWhole(header);
    }
}
