package dev.bailey.engine.dns.server;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.TcpSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a client (RFC 7766): one query after the other, answers in any order; for the loop's thread.
 *
 * <p>A client that sends half a query, or reads no answers, keeps nobody else waiting and is let go after a while.
 */
final class TcpClient implements EventLoop.Watcher, Asker {
    private static final Logger LOG = LoggerFactory.getLogger(TcpClient.class);

    private static final int LENGTH_BYTES = 2;
    private static final int MAX_QUERY_BYTES = 4096;
    private static final int MAX_UNANSWERED = 32;
    private static final int MAX_UNREAD_BYTES = 256 * 1024;
    private static final long IDLE_NANOS = 10_000_000_000L;

    private final TcpSocket socket;
    private final SandboxServer server;
    private final byte[] in = new byte[LENGTH_BYTES + MAX_QUERY_BYTES];
    private final byte[] query = new byte[MAX_QUERY_BYTES];
    private final Deque<byte[]> out = new ArrayDeque<>();
    private EventLoop.@Nullable Watch watch;
    private int received;
    private int written;
    private int unreadBytes;
    private int unanswered;
    private boolean closed;
    private long activeNanos = System.nanoTime();

    private TcpClient(TcpSocket socket, SandboxServer server) {
        this.socket = socket;
        this.server = server;
    }

    static TcpClient serve(EventLoop loop, TcpSocket socket, SandboxServer server) throws LinuxException {
        TcpClient client = new TcpClient(socket, server);
        try {
            client.watch = loop.watch(socket.descriptor(), client);
            return client;
        } catch (LinuxException refused) {
            socket.reset();
            throw refused;
        }
    }

    @Override
    public void ready(boolean readable, boolean writable, boolean broken) throws LinuxException {
        if (broken) {
            close();
            return;
        }
        if (writable) {
            flush();
        }
        if (readable && !closed && wantsMore()) {
            receive();
        }
        watchOn();
    }

    private boolean wantsMore() {
        return unanswered < MAX_UNANSWERED && unreadBytes < MAX_UNREAD_BYTES;
    }

    private void watchOn() throws LinuxException {
        if (!closed) {
            Objects.requireNonNull(watch).change(wantsMore(), !out.isEmpty());
        }
    }

    private void receive() throws LinuxException {
        int count = socket.read(in, received, in.length - received);
        if (count < 0) {
            close();
            return;
        }
        received += count;
        int at = 0;
        while (!closed && received - at >= LENGTH_BYTES) {
            int length = (in[at] & 0xff) << 8 | in[at + 1] & 0xff;
            if (length > MAX_QUERY_BYTES) {
                close();
                return;
            }
            if (received - at - LENGTH_BYTES < length) {
                break;
            }
            System.arraycopy(in, at + LENGTH_BYTES, query, 0, length);
            at += LENGTH_BYTES + length;
            ask(length);
        }
        received -= at;
        System.arraycopy(in, at, in, 0, received);
    }

    private void ask(int length) {
        activeNanos = System.nanoTime();
        int answered = server.answer(query, length, this);
        if (answered > 0) {
            send(server.reply(), answered);
        } else if (answered == Resolver.LATER) {
            unanswered++;
        } else {
            close();
        }
    }

    @Override
    public boolean isTcp() {
        return true;
    }

    @Override
    public void answer(byte[] message, int length) {
        if (!closed) {
            unanswered--;
            activeNanos = System.nanoTime();
            send(message, length);
            try {
                watchOn();
            } catch (LinuxException failure) {
                failed(failure);
            }
        }
    }

    private void send(byte[] message, int length) {
        byte[] framed = new byte[LENGTH_BYTES + length];
        framed[0] = (byte) (length >>> 8);
        framed[1] = (byte) length;
        System.arraycopy(message, 0, framed, LENGTH_BYTES, length);
        out.add(framed);
        unreadBytes += framed.length;
        try {
            flush();
        } catch (LinuxException failure) {
            failed(failure);
        }
    }

    private void flush() throws LinuxException {
        for (byte[] first = out.peek(); first != null && !closed; first = out.peek()) {
            int count = socket.write(first, written, first.length - written);
            written += count;
            if (written < first.length) {
                return;
            }
            out.remove();
            unreadBytes -= first.length;
            written = 0;
        }
    }

    @Override
    public void failed(Exception failure) {
        LOG.debug("a client's connection failed", failure);
        close();
    }

    /** Lets the client go when it has sent no whole query for a while and got no answer: longer than any takes. */
    void closeIfIdle(long nowNanos) {
        if (nowNanos - activeNanos >= IDLE_NANOS) {
            close();
        }
    }

    /** Closes the connection at once: one that lingers would keep the sandbox's namespace alive. */
    void close() {
        if (!closed) {
            closed = true;
            if (watch != null) {
                watch.end();
            }
            socket.reset();
            server.gone(this);
        }
    }
}
