package dev.bailey.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP connection opened from inside a host, kept open until it or its lab is closed.
 *
 * <p>Its socket keeps the host's namespace alive: close it where the end of the namespace matters. Used by one thread at a time.
 */
public final class TcpConnection implements AutoCloseable {
    private static final AtomicLong NEXT_ECHO = new AtomicLong(1);

    private final LabHost host;
    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;

    private TcpConnection(LabHost host, SocketChannel channel) throws IOException {
        this.host = host;
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
        this.remote = (InetSocketAddress) channel.getRemoteAddress();
    }

    static TcpConnection open(LabHost host, String address, int port) {
        try {
            TcpConnection connection = new TcpConnection(host, connect(host, address, port, Await.LIMIT));
            host.lab().own(connection);
            return connection;
        } catch (IOException e) {
            throw new LabException("cannot connect to " + address + ":" + port + " from " + host.name(), e);
        }
    }

    static Reach reach(LabHost host, String address, int port, Duration limit) {
        try (SocketChannel channel = connect(host, address, port, limit)) {
            return channel.isConnected() ? Reach.CONNECTED : Reach.UNREACHABLE;
        } catch (SocketTimeoutException e) {
            return Reach.TIMED_OUT;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).contains("refused") ? Reach.REFUSED : Reach.UNREACHABLE;
        } catch (SocketException e) {
            return Reach.UNREACHABLE;
        } catch (IOException e) {
            throw new LabException("connecting to " + address + ":" + port + " from " + host.name(), e);
        }
    }

    /** The address and port of this end, as the host itself sees it. */
    public InetSocketAddress local() {
        return local;
    }

    /** The address and port that was connected to. */
    public InetSocketAddress remote() {
        return remote;
    }

    /**
     * Sends a few bytes that were never sent before and reads them back, so that a connection that has broken meanwhile is found.
     *
     * @throws LabException when they do not come back unchanged within {@link Await#LIMIT}
     */
    public void verifyEcho() {
        byte[] sent = ("echo " + NEXT_ECHO.getAndIncrement() + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Socket socket = channel.socket();
            socket.setSoTimeout(Math.toIntExact(Await.LIMIT.toMillis()));
            socket.getOutputStream().write(sent);
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            if (!Arrays.equals(sent, received)) {
                throw new LabException(this + ": sent \"" + text(sent) + "\", got back \"" + text(received) + "\""
                        + (received.length < sent.length ? " and the end of the connection" : ""));
            }
        } catch (IOException e) {
            throw new LabException(this + " does not echo", e);
        }
    }

    /**
     * Reads until the other side hangs up.
     *
     * @throws LabException when it sends nothing and does not hang up within {@link Await#LIMIT}
     */
    public String readAll() {
        try {
            Socket socket = channel.socket();
            socket.setSoTimeout(Math.toIntExact(Await.LIMIT.toMillis()));
            return text(socket.getInputStream().readNBytes(OutputFile.MAX_BYTES));
        } catch (IOException e) {
            throw new LabException("reading from " + this, e);
        }
    }

    /** Closes the connection in order. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("closing " + this, e);
        }
    }

    /** Both ends and the host. */
    @Override
    public String toString() {
        return "TCP connection " + TcpServer.hostAndPort(local) + " to " + TcpServer.hostAndPort(remote) + " from "
                + host.name();
    }

    private static SocketChannel connect(LabHost host, String address, int port, Duration limit) throws IOException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.ofLiteral(address), port);
        SocketChannel channel = host.enter(() -> SocketChannel.open());
        try {
            channel.socket().connect(server, Math.toIntExact(limit.toMillis()));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
