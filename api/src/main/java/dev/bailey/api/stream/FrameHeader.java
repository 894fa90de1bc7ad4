package dev.bailey.api.stream;

import java.nio.ByteBuffer;

/**
 * The eight bytes before each piece of output of a container without a terminal.
 *
 * <pre>
 *   0: stream (0 standard input, 1 standard output, 2 standard error)
 *   1: three zero bytes
 *   4: length of what follows in bytes, unsigned, big-endian
 * </pre>
 *
 * @param kind the stream that the piece belongs to
 * @param length bytes that follow, 0 to 2³¹ - 1
 */
public record FrameHeader(StreamKind kind, int length) {
    /** Bytes of an encoded header. */
    public static final int BYTES = 8;

    public FrameHeader {
        if (length < 0) {
            throw new IllegalArgumentException("a frame of " + length + " bytes; 0 or more would be right");
        }
    }

    /** Writes the eight bytes at the buffer's position. */
    public void encode(ByteBuffer target) {
        target.putInt(kind.ordinal() << 24).putInt(length);
    }

    /**
     * Reads the eight bytes at the buffer's position.
     *
     * @throws IllegalArgumentException if they are no header: the connection is out of step
     */
    public static FrameHeader decode(ByteBuffer source) {
        int first = source.getInt();
        int length = source.getInt();
        int kind = first >>> 24;
        if ((first & 0xffffff) != 0 || kind >= StreamKind.values().length || length < 0) {
            throw new IllegalArgumentException(
                    "no frame header: %08x %08x; a stream number 0 to 2, three zero bytes and a length would be right"
                            .formatted(first, length));
        }
        return new FrameHeader(StreamKind.values()[kind], length);
    }
}
