package dev.bailey.daemon.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that speaks HTTP by hand, so that a test decides about every byte. */
public final class RawClient implements AutoCloseable {
    private final SocketChannel channel;

    private RawClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a socket. */
    public static RawClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new RawClient(channel);
    }

    /** Sends one request and returns everything that comes until the server closes. */
    public static String exchange(Path socket, String request) throws IOException {
        try (RawClient client = connect(socket)) {
            client.send(request);
            return client.readAll();
        }
    }

    /** A request with a JSON body after which the server closes. */
    public static String request(String method, String target, String body) {
        return "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(method, target, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    /** Sends bytes. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Closes the sending half. */
    public void endInput() throws IOException {
        channel.shutdownOutput();
    }

    /** Reads until the text has come; fails at the end of the stream. */
    public String readUntil(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (text.indexOf(end) < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("the stream ended after: " + text);
            }
            text.append((char) (one.get(0) & 0xff));
        }
        return text.toString();
    }

    /** Reads so many bytes. */
    public byte[] read(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the stream ended " + buffer.remaining() + " bytes too early");
            }
        }
        return buffer.array();
    }

    /** Reads to the end. */
    public String readAll() throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (channel.read(buffer.clear()) >= 0) {
            text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
