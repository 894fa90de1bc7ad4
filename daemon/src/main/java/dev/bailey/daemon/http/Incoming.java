package dev.bailey.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * What one client sends: requests one after the other, or bytes as they come. Belongs to one thread at a time, which
 * blocks until there is something.
 */
final class Incoming {
    private static final Http1Config CONFIG = Http1Config.custom()
            .setMaxLineLength(Limits.MAX_LINE_BYTES)
            .setMaxHeaderCount(Limits.MAX_HEADER_LINES)
            .build();

    private final InputStream socket;
    private final SessionInputBufferImpl buffer =
            new SessionInputBufferImpl(Limits.READ_BUFFER_BYTES, Limits.MAX_LINE_BYTES);
    private final DefaultHttpRequestParser parser = new DefaultHttpRequestParser(CONFIG);

    Incoming(InputStream socket) {
        this.socket = socket;
    }

    /**
     * The head of the next request; empty when the client has ended.
     *
     * @throws HttpException when it is none, or larger than the limits
     */
    Optional<ClassicHttpRequest> head() throws IOException, HttpException {
        return Optional.ofNullable(parser.parse(buffer, socket));
    }

    /** The body of so many bytes that follows a head. */
    InputStream body(long length) {
        return new ContentLengthInputStream(buffer, socket, length);
    }

    /** The body in chunks that follows a head. */
    InputStream chunks() {
        return new ChunkedInputStream(buffer, socket, CONFIG);
    }

    /** Whether there are bytes that nobody has asked for yet. */
    boolean hasMore() {
        return buffer.hasBufferedData();
    }

    /** Waits for such bytes; false when the client has ended instead. */
    boolean awaitMore() throws IOException {
        return hasMore() || buffer.fillBuffer(socket) >= 0;
    }

    /** Everything from here on as it comes. */
    InputStream raw() {
        return new Raw();
    }

    private final class Raw extends InputStream {
        @Override
        public int read() throws IOException {
            return buffer.read(socket);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return buffer.read(target, offset, length, socket);
        }
    }
}
