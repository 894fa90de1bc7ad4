package dev.bailey.netlink;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A growing buffer of netlink attributes, and of the fixed header that some messages have before them.
 *
 * <p>An attribute is laid out as {@code struct nlattr} of linux/netlink.h says, and padded to four bytes:
 *
 * <pre>{@code LEN u16 (header and value) | TYPE u16 | value | 0 to 3 zero bytes}</pre>
 *
 * <p>Integers are in this machine's byte order, but those of the {@code be} methods in network order. Not thread-safe.
 */
public final class AttributeWriter {
    /** Marks an attribute whose value is attributes again: NLA_F_NESTED of linux/netlink.h. */
    static final int NLA_F_NESTED = 0x8000;

    private static final int HEADER_BYTES = 4;
    private static final int MAX_ATTRIBUTE_BYTES = 0xffff;
    private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private byte[] bytes;
    private int length;

    /** Creates an empty one with room for a common message. */
    public AttributeWriter() {
        this(256);
    }

    /** Creates an empty one with room for that many bytes; it grows when they do not suffice. */
    public AttributeWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Adds an attribute of one byte. */
    public AttributeWriter u8(int type, int value) {
        return header(type, 1).putU8(value).pad();
    }

    /** Adds an attribute of 16 bits in native order. */
    public AttributeWriter u16(int type, int value) {
        return header(type, 2).putU16(value).pad();
    }

    /** Adds an attribute of 32 bits in native order. */
    public AttributeWriter u32(int type, int value) {
        return header(type, 4).putU32(value);
    }

    /** Adds an attribute of 64 bits in native order. */
    public AttributeWriter u64(int type, long value) {
        return header(type, 8).putU64(value);
    }

    /** Adds an attribute of 16 bits in network order. */
    public AttributeWriter be16(int type, int value) {
        return header(type, 2).putU8(value >>> 8).putU8(value).pad();
    }

    /** Adds an attribute of 32 bits in network order. */
    public AttributeWriter be32(int type, int value) {
        return header(type, 4).putBe32(value);
    }

    /** Adds an attribute of 64 bits in network order. */
    public AttributeWriter be64(int type, long value) {
        return header(type, 8).putBe32((int) (value >>> 32)).putBe32((int) value);
    }

    /** Adds an attribute with these bytes. */
    public AttributeWriter bytes(int type, byte[] value) {
        return header(type, value.length).put(value).pad();
    }

    /**
     * Adds a string in UTF-8 with the NUL at its end that the kernel expects.
     *
     * @throws IllegalArgumentException when it holds a NUL itself: the kernel would take what is before it
     */
    public AttributeWriter string(int type, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the text of attribute " + type + " holds a NUL");
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return header(type, text.length + 1).put(text).putU8(0).pad();
    }

    /** Adds an attribute without a value. */
    public AttributeWriter flag(int type) {
        return header(type, 0);
    }

    /** Adds an attribute of attributes, marked as such by NLA_F_NESTED. */
    public AttributeWriter nest(int type, Consumer<AttributeWriter> body) {
        return nestUnflagged(type | NLA_F_NESTED, body);
    }

    /**
     * Adds an attribute of attributes without the mark, as the older parts of rtnetlink have it. The body may begin with a
     * fixed header.
     *
     * @throws IllegalStateException when the body is longer than an attribute can be, 65,531 bytes
     */
    public AttributeWriter nestUnflagged(int type, Consumer<AttributeWriter> body) {
        int start = length;
        header(type, 0);
        body.accept(this);
        int size = length - start;
        if (size > MAX_ATTRIBUTE_BYTES) {
            throw new IllegalStateException("attribute " + (type & ~NLA_F_NESTED) + " has " + size
                    + " bytes: an attribute holds 65535 at most");
        }
        set16(start, size);
        return this;
    }

    /** Adds raw bytes, as part of a fixed header. */
    public AttributeWriter put(byte[] value) {
        System.arraycopy(value, 0, grown(value.length), length - value.length, value.length);
        return this;
    }

    /** Adds a raw byte, as part of a fixed header. */
    public AttributeWriter putU8(int value) {
        grown(1)[length - 1] = (byte) value;
        return this;
    }

    /** Adds raw 16 bits in native order, as part of a fixed header. */
    public AttributeWriter putU16(int value) {
        grown(2);
        set16(length - 2, value);
        return this;
    }

    /** Adds raw 32 bits in native order, as part of a fixed header. */
    public AttributeWriter putU32(int value) {
        return LITTLE ? putBe32(Integer.reverseBytes(value)) : putBe32(value);
    }

    /** Adds raw 64 bits in native order, as part of a fixed header. */
    public AttributeWriter putU64(long value) {
        long ordered = LITTLE ? Long.reverseBytes(value) : value;
        return putBe32((int) (ordered >>> 32)).putBe32((int) ordered);
    }

    /** Adds raw 32 bits in network order, as part of a fixed header. */
    public AttributeWriter putBe32(int value) {
        byte[] to = grown(4);
        to[length - 4] = (byte) (value >>> 24);
        to[length - 3] = (byte) (value >>> 16);
        to[length - 2] = (byte) (value >>> 8);
        to[length - 1] = (byte) value;
        return this;
    }

    /** Returns how many bytes there are so far. */
    public int length() {
        return length;
    }

    /** Returns the bytes themselves, of which the first {@link #length()} count. */
    byte[] buffer() {
        return bytes;
    }

    /** Returns a copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private AttributeWriter header(int type, int valueBytes) {
        if (valueBytes > MAX_ATTRIBUTE_BYTES - HEADER_BYTES) {
            throw new IllegalStateException(
                    "attribute " + type + " has a value of " + valueBytes + " bytes: an attribute holds 65531 at most");
        }
        return putU16(HEADER_BYTES + valueBytes).putU16(type);
    }

    private AttributeWriter pad() {
        while ((length & 3) != 0) {
            putU8(0);
        }
        return this;
    }

    private void set16(int at, int value) {
        bytes[at + (LITTLE ? 0 : 1)] = (byte) value;
        bytes[at + (LITTLE ? 1 : 0)] = (byte) (value >>> 8);
    }

    private byte[] grown(int by) {
        int wanted = length + by;
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, bytes.length * 2));
        }
        length = wanted;
        return bytes;
    }
}
