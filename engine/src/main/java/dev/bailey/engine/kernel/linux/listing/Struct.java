package dev.bailey.engine.kernel.linux.listing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A struct of the kernel's, read by offset in this machine's byte order; what lies behind its end is an {@link IndexOutOfBoundsException}. */
final class Struct {
    private final ByteBuffer bytes;

    Struct(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private Struct(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.nativeOrder());
    }

    /** The part from an offset on. */
    Struct from(int offset) {
        if (offset < 0 || offset > bytes.limit()) {
            throw new IndexOutOfBoundsException(offset);
        }
        return new Struct(bytes.slice(offset, bytes.limit() - offset));
    }

    /** A part of the given length. */
    byte[] bytes(int offset, int length) {
        byte[] part = new byte[length];
        bytes.get(offset, part);
        return part;
    }

    int length() {
        return bytes.limit();
    }

    int u8(int offset) {
        return Byte.toUnsignedInt(bytes.get(offset));
    }

    int u16(int offset) {
        return Short.toUnsignedInt(bytes.getShort(offset));
    }

    int s32(int offset) {
        return bytes.getInt(offset);
    }

    long u64(int offset) {
        return bytes.getLong(offset);
    }

    /** A number in network order. */
    int be16(int offset) {
        return u8(offset) << Byte.SIZE | u8(offset + 1);
    }

    /** A text of at most that many bytes that ends before the first NUL. */
    String text(int offset, int length) {
        byte[] part = bytes(offset, Math.min(length, bytes.limit() - offset));
        int end = 0;
        while (end < part.length && part[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOf(part, end), StandardCharsets.UTF_8);
    }
}
