package dev.bailey.engine.dns.server;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.UdpSocket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A question to one server by UDP. */
final class UdpAttempt implements Attempt, EventLoop.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(UdpAttempt.class);

    private static final int MAX_BYTES = 65535;

    private final InetSocketAddress server;
    private final Exchange exchange;
    private final UdpSocket socket;
    private final byte[] sent;
    private EventLoop.@Nullable Watch watch;

    private UdpAttempt(InetSocketAddress server, Exchange exchange, UdpSocket socket, byte[] sent) {
        this.server = server;
        this.exchange = exchange;
        this.socket = socket;
        this.sent = sent;
    }

    static UdpAttempt start(EventLoop loop, UpstreamGroup group, InetSocketAddress server, Exchange exchange)
            throws LinuxException {
        UdpSocket socket = group.connectUdp(server);
        UdpAttempt attempt = new UdpAttempt(server, exchange, socket, exchange.question());
        try {
            attempt.watch = loop.watch(socket.descriptor(), attempt);
            socket.send(attempt.sent, attempt.sent.length);
            return attempt;
        } catch (LinuxException refused) {
            attempt.close();
            throw refused;
        }
    }

    @Override
    public void ready(boolean readable, boolean writable, boolean broken) throws LinuxException {
        byte[] message = new byte[MAX_BYTES];
        int length = socket.receive(message);
        if (length >= 0) {
            exchange.received(this, sent, message, length);
        }
    }

    @Override
    public void failed(Exception failure) {
        LOG.debug("asking {} failed", server, failure);
        exchange.failed(this);
    }

    @Override
    public InetSocketAddress server() {
        return server;
    }

    @Override
    public boolean isTcp() {
        return false;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.end();
        }
        socket.close();
    }
}
