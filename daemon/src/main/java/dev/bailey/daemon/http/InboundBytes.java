package dev.bailey.daemon.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way from the event loop, which must not block, to one handler, which may.
 *
 * <p>Holds {@link Limits#MAX_INBOUND_BYTES} and what one socket read adds to them: above that the loop reads no more
 * until the handler has caught up.
 */
final class InboundBytes extends InputStream {
    private final Runnable readMore;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    /** Guarded by the lock, as are the fields below. */
    private final Deque<ByteBuf> queue = new ArrayDeque<>();

    private int queuedBytes;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;

    /** Creates an empty stream; {@code readMore} asks the loop, from any thread, to read the socket again. */
    InboundBytes(Runnable readMore) {
        this.readMore = readMore;
    }

    /** Adds bytes at the end and takes over the buffer; called by the loop. */
    void offer(ByteBuf bytes) {
        lock.lock();
        try {
            if (closed || ended || !bytes.isReadable()) {
                bytes.release();
                return;
            }
            queue.add(bytes);
            queuedBytes += bytes.readableBytes();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing follows; called by the loop. */
    void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Says that the bytes end before their time; called by the loop. */
    void fail(IOException cause) {
        lock.lock();
        try {
            if (!ended) {
                failure = cause;
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the loop should go on reading the socket. */
    boolean hasRoom() {
        lock.lock();
        try {
            return !ended && queuedBytes < Limits.MAX_INBOUND_BYTES;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything that was sent has arrived. */
    boolean isComplete() {
        lock.lock();
        try {
            return ended && failure == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            return awaitBytes() ? take(target, offset, length) : -1;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitBytes() throws IOException {
        while (queue.isEmpty()) {
            if (closed) {
                throw new IOException("the stream is closed");
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (ended) {
                return false;
            }
            try {
                arrived.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for the client", e);
            }
        }
        return true;
    }

    private int take(byte[] target, int offset, int length) {
        boolean wasFull = queuedBytes >= Limits.MAX_INBOUND_BYTES;
        ByteBuf first = queue.element();
        int count = Math.min(length, first.readableBytes());
        first.readBytes(target, offset, count);
        queuedBytes -= count;
        if (!first.isReadable()) {
            queue.remove().release();
        }
        if (wasFull && queuedBytes < Limits.MAX_INBOUND_BYTES) {
            readMore.run();
        }
        return count;
    }

    /** Drops what is queued and what still comes; wakes a reader, who gets an {@link IOException}. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queuedBytes = 0;
            queue.forEach(ByteBuf::release);
            queue.clear();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
