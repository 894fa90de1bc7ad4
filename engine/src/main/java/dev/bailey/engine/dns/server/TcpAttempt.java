package dev.bailey.engine.dns.server;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.TcpSocket;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A question to one server by TCP, whose answer may be long. */
final class TcpAttempt implements Attempt, EventLoop.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(TcpAttempt.class);

    private static final int LENGTH_BYTES = 2;
    private static final int MAX_BYTES = 65535;

    private final InetSocketAddress server;
    private final Exchange exchange;
    private final TcpSocket socket;
    private final byte[] sent;
    private final byte[] out;
    private final byte[] in = new byte[LENGTH_BYTES + MAX_BYTES];
    private EventLoop.@Nullable Watch watch;
    private int written;
    private int read;
    private boolean connected;

    private TcpAttempt(InetSocketAddress server, Exchange exchange, TcpSocket socket, byte[] sent) {
        this.server = server;
        this.exchange = exchange;
        this.socket = socket;
        this.sent = sent;
        this.out = new byte[LENGTH_BYTES + sent.length];
        out[0] = (byte) (sent.length >>> 8);
        out[1] = (byte) sent.length;
        System.arraycopy(sent, 0, out, LENGTH_BYTES, sent.length);
    }

    static TcpAttempt start(EventLoop loop, UpstreamGroup group, InetSocketAddress server, Exchange exchange)
            throws LinuxException {
        TcpSocket socket = group.connectTcp(server);
        TcpAttempt attempt = new TcpAttempt(server, exchange, socket, exchange.question());
        try {
            attempt.watch = loop.watchForWriting(socket.descriptor(), attempt);
            return attempt;
        } catch (LinuxException refused) {
            attempt.close();
            throw refused;
        }
    }

    @Override
    public void ready(boolean readable, boolean writable, boolean broken) throws LinuxException {
        if (!connected) {
            socket.finishConnecting();
            connected = true;
        }
        if (written < out.length) {
            written += socket.write(out, written, out.length - written);
            if (written == out.length) {
                Objects.requireNonNull(watch).change(true, false);
            }
        } else {
            receive();
        }
    }

    private void receive() throws LinuxException {
        int count = socket.read(in, read, in.length - read);
        if (count < 0) {
            failed(new EOFException("connection closed before the answer was whole"));
            return;
        }
        read += count;
        int length = (in[0] & 0xff) << 8 | in[1] & 0xff;
        if (read >= LENGTH_BYTES && read >= LENGTH_BYTES + length) {
            byte[] message = new byte[length];
            System.arraycopy(in, LENGTH_BYTES, message, 0, length);
            read = 0;
            exchange.received(this, sent, message, length);
        }
    }

    @Override
    public void failed(Exception failure) {
        LOG.debug("asking {} by TCP failed", server, failure);
        exchange.failed(this);
    }

    @Override
    public InetSocketAddress server() {
        return server;
    }

    @Override
    public boolean isTcp() {
        return true;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.end();
        }
        socket.reset();
    }
}
