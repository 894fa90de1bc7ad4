package dev.bailey.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body in chunks (RFC 9112, section 7.1); an end before the last chunk is an error, not an end.
 *
 * <p>A read returns what has arrived and never waits to fill the buffer, so a stream of events flows.
 */
final class ChunkedInputStream extends InputStream {
    private static final int LINE_LIMIT_BYTES = 8 * 1024;

    private final InputStream in;
    private long leftInChunk;
    private boolean first = true;
    private boolean ended;

    ChunkedInputStream(InputStream in) {
        this.in = in;
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
        if (leftInChunk == 0 && !ended) {
            startChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, leftInChunk));
        if (read < 0) {
            throw tooShort();
        }
        leftInChunk -= read;
        return read;
    }

    private void startChunk() throws IOException {
        if (!first && !line().isEmpty()) {
            throw new IOException("a chunk of an answer is longer than it said");
        }
        first = false;
        String size = line();
        int semicolon = size.indexOf(';');
        String digits = (semicolon < 0 ? size : size.substring(0, semicolon)).strip();
        try {
            leftInChunk = Long.parseLong(digits, 16);
        } catch (NumberFormatException e) {
            throw new IOException("not the size of a chunk: " + size, e);
        }
        if (leftInChunk < 0) {
            throw new IOException("not the size of a chunk: " + size);
        }
        if (leftInChunk == 0) {
            ended = true;
            skipTrailers();
        }
    }

    private void skipTrailers() throws IOException {
        String line = line();
        while (!line.isEmpty()) {
            line = line();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw tooShort();
            }
            if (line.length() == LINE_LIMIT_BYTES) {
                throw new IOException("a line between chunks is longer than " + LINE_LIMIT_BYTES + " bytes");
            }
            line.append((char) read);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }

    private static EOFException tooShort() {
        return new EOFException("the daemon closed the connection in the middle of its answer");
    }
}
