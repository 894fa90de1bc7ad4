package dev.bailey.cli.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * One connection to a Unix socket, for one request and its answer, or for the raw stream that an upgrade makes of it.
 *
 * <p>One thread may read while another writes. Owned by whoever sent the request.
 */
public final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private Connection(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /**
     * Connects.
     *
     * @throws IOException if there is no socket at that path, nobody listens on it, or it may not be written
     */
    public static Connection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Connection(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a request and reads the head of its answer; the answer then owns this connection. */
    public Response send(Request request) throws IOException {
        return exchange(request, false);
    }

    /**
     * Sends a request that asks for a raw stream. If the answer's status is 101, what comes and goes
     * afterwards are bytes of that stream.
     */
    public Response upgrade(Request request) throws IOException {
        return exchange(request, true);
    }

    private Response exchange(Request request, boolean upgrade) throws IOException {
        try {
            request.writeTo(out, upgrade);
        } catch (IOException e) {
            // A server that refuses a large body answers and closes before it has read all: the answer says why.
            return answerDespite(e, request);
        }
        return Response.read(this, in, request.method());
    }

    private Response answerDespite(IOException writeFailure, Request request) throws IOException {
        try {
            return Response.read(this, in, request.method());
        } catch (IOException e) {
            writeFailure.addSuppressed(e);
            throw writeFailure;
        }
    }

    /** Returns where the bytes of an upgraded connection go; buffered, flush it. */
    public OutputStream output() {
        return out;
    }

    /** Ends what is sent; what is received goes on. */
    public void closeOutput() throws IOException {
        out.flush();
        channel.shutdownOutput();
    }

    /** Closes both directions and wakes a thread that reads. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
