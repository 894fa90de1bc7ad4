package dev.bailey.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One connection to a Unix socket that speaks HTTP/1.1: a request is one write, an answer is read into one buffer.
 *
 * <p>It blocks its thread, keeps the connection alive and makes requests ahead of time, so that nothing but the server is
 * between the two looks at a clock. Confined to one thread.
 */
public final class UnixHttpClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    private UnixHttpClient(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to the socket at a path. */
    public static UnixHttpClient connect(Path socket) throws IOException {
        return new UnixHttpClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Returns the bytes of a request without a body. */
    public static byte[] request(String method, String path) {
        return request(method, path, "application/json", new byte[0]);
    }

    /** Returns the bytes of a request with a body of JSON. */
    public static byte[] request(String method, String path, String json) {
        return request(method, path, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the bytes of a request. */
    public static byte[] request(String method, String path, String contentType, byte[] body) {
        byte[] head = "%s %s HTTP/1.1\r\nHost: bench\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, contentType, body.length)
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws EOFException when the server closed the connection before the end of the answer
     */
    public HttpAnswer exchange(byte[] request) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        int status = status(line());
        int length = 0;
        boolean chunked = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        return new HttpAnswer(status, chunked ? chunks() : text(length));
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
            throw new IOException("not an answer of HTTP/1: " + line);
        }
        return Integer.parseInt(parts[1]);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String text(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (byte next = next(); next != '\n'; next = next()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                throw new EOFException("the server closed the connection before the end of its answer");
            }
        }
        return buffer.get();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
