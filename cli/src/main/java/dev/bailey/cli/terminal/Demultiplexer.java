package dev.bailey.cli.terminal;

import dev.bailey.api.stream.FrameHeader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Takes a container's output apart: frames of standard output and standard error, or a terminal's plain bytes. */
public final class Demultiplexer {
    private static final int BUFFER_BYTES = 32 * 1024;

    private Demultiplexer() {}

    /** Copies a terminal's bytes until they end, without waiting for more than has come. */
    public static void copyRaw(InputStream source, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    /**
     * Copies framed output to where it belongs until the frames end.
     *
     * @throws IOException if a stream fails, or what comes is no frame
     */
    public static void copyFrames(InputStream source, StandardStreams target) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        byte[] head = new byte[FrameHeader.BYTES];
        while (true) {
            int read = source.readNBytes(head, 0, head.length);
            if (read == 0) {
                return;
            }
            if (read < head.length) {
                throw new EOFException("the output of the container ends in the middle of a frame");
            }
            copyFrame(decode(head), source, target, buffer);
        }
    }

    private static FrameHeader decode(byte[] head) throws IOException {
        try {
            return FrameHeader.decode(ByteBuffer.wrap(head));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void copyFrame(FrameHeader frame, InputStream source, StandardStreams target, byte[] buffer)
            throws IOException {
        OutputStream out = switch (frame.kind()) {
            case STDIN, STDOUT -> target.out();
            case STDERR -> target.err();
        };
        int left = frame.length();
        while (left > 0) {
            int read = source.read(buffer, 0, Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("the output of the container ends in the middle of a frame");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        out.flush();
    }
}
