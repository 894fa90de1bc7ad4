package dev.bailey.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length; an end before that is an error, not an end. */
final class FixedLengthInputStream extends InputStream {
    private final InputStream in;
    private long left;

    FixedLengthInputStream(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the daemon closed the connection " + left + " bytes before the end of its answer");
        }
        left -= read;
        return read;
    }
}
