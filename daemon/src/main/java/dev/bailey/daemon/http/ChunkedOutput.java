package dev.bailey.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A body whose length nobody knows yet: each write is one chunk (RFC 9112, section 7.1) and sent at once. */
final class ChunkedOutput extends OutputStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final OutputStream target;
    private boolean closed;

    ChunkedOutput(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the answer has ended");
        }
        if (length > 0) {
            byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] chunk = new byte[size.length + length + LINE_END.length];
            System.arraycopy(size, 0, chunk, 0, size.length);
            System.arraycopy(source, offset, chunk, size.length, length);
            System.arraycopy(LINE_END, 0, chunk, size.length + length, LINE_END.length);
            target.write(chunk);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            target.write(LAST_CHUNK);
        }
    }
}
