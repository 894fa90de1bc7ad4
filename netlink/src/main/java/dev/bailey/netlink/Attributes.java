package dev.bailey.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The attributes of a received message, by type; where one type comes twice, the last counts, as in the kernel.
 *
 * <p>The layout is the one that {@link AttributeWriter} draws. Immutable, but a view: whoever changes the bytes below
 * changes what it says.
 */
public final class Attributes {
    private static final int HEADER_BYTES = 4;
    /** The flags NESTED and NET_BYTEORDER of linux/netlink.h are no part of the type. */
    private static final int TYPE_MASK = 0x3fff;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle BE_SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BE_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BE_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] data;
    private final int[] types;
    private final int[] offsets;
    private final int[] lengths;

    private Attributes(byte[] data, int[] types, int[] offsets, int[] lengths) {
        this.data = data;
        this.types = types;
        this.offsets = offsets;
        this.lengths = lengths;
    }

    /** Reads all of an array. */
    public static Attributes parse(byte[] data) {
        return parse(data, 0, data.length);
    }

    /**
     * Reads part of an array, which the result keeps.
     *
     * @throws IllegalArgumentException when a length does not fit into what holds it
     */
    public static Attributes parse(byte[] data, int offset, int length) {
        int end = offset + length;
        int[] types = new int[8];
        int[] offsets = new int[8];
        int[] lengths = new int[8];
        int count = 0;
        for (int at = offset; end - at >= HEADER_BYTES; ) {
            int size = Short.toUnsignedInt((short) SHORT.get(data, at));
            if (size < HEADER_BYTES || size > end - at) {
                throw new IllegalArgumentException("attribute at byte " + (at - offset) + " says it has " + size
                        + " bytes where " + (end - at) + " are left: "
                        + HexFormat.of().formatHex(data, offset, end));
            }
            if (count == types.length) {
                types = Arrays.copyOf(types, count * 2);
                offsets = Arrays.copyOf(offsets, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
            }
            types[count] = (short) SHORT.get(data, at + 2) & TYPE_MASK;
            offsets[count] = at + HEADER_BYTES;
            lengths[count++] = size - HEADER_BYTES;
            at += size + 3 & ~3;
        }
        return new Attributes(
                data, Arrays.copyOf(types, count), Arrays.copyOf(offsets, count), Arrays.copyOf(lengths, count));
    }

    /** Returns whether there is an attribute of this type. */
    public boolean has(int type) {
        return find(type) >= 0;
    }

    /** Returns how many attributes there are. */
    public int size() {
        return types.length;
    }

    /** Returns the byte of an attribute, 0 to 255. */
    public OptionalInt u8(int type) {
        int i = find(type, 1);
        return i < 0 ? OptionalInt.empty() : OptionalInt.of(Byte.toUnsignedInt(data[offsets[i]]));
    }

    /** Returns the 16 bits of an attribute in native order, 0 to 65535. */
    public OptionalInt u16(int type) {
        int i = find(type, 2);
        return i < 0 ? OptionalInt.empty() : OptionalInt.of(Short.toUnsignedInt((short) SHORT.get(data, offsets[i])));
    }

    /** Returns the 32 bits of an attribute in native order. */
    public OptionalInt u32(int type) {
        int i = find(type, 4);
        return i < 0 ? OptionalInt.empty() : OptionalInt.of((int) INT.get(data, offsets[i]));
    }

    /** Returns the 64 bits of an attribute in native order. */
    public OptionalLong u64(int type) {
        int i = find(type, 8);
        return i < 0 ? OptionalLong.empty() : OptionalLong.of((long) LONG.get(data, offsets[i]));
    }

    /** Returns the 16 bits of an attribute in network order, 0 to 65535. */
    public OptionalInt be16(int type) {
        int i = find(type, 2);
        return i < 0
                ? OptionalInt.empty()
                : OptionalInt.of(Short.toUnsignedInt((short) BE_SHORT.get(data, offsets[i])));
    }

    /** Returns the 32 bits of an attribute in network order. */
    public OptionalInt be32(int type) {
        int i = find(type, 4);
        return i < 0 ? OptionalInt.empty() : OptionalInt.of((int) BE_INT.get(data, offsets[i]));
    }

    /** Returns the 64 bits of an attribute in network order. */
    public OptionalLong be64(int type) {
        int i = find(type, 8);
        return i < 0 ? OptionalLong.empty() : OptionalLong.of((long) BE_LONG.get(data, offsets[i]));
    }

    /** Returns a copy of an attribute's value. */
    public Optional<byte[]> bytes(int type) {
        int i = find(type);
        return i < 0 ? Optional.empty() : Optional.of(copy(i));
    }

    /** Returns an attribute's text up to its first NUL. */
    public Optional<String> string(int type) {
        int i = find(type);
        return i < 0 ? Optional.empty() : Optional.of(text(i));
    }

    /** Returns the attributes in an attribute. */
    public Optional<Attributes> nested(int type) {
        int i = find(type);
        return i < 0 ? Optional.empty() : Optional.of(parse(data, offsets[i], lengths[i]));
    }

    /** Returns the attributes in every attribute of this type, in order: the kernel's way of writing a list. */
    public List<Attributes> list(int type) {
        List<Attributes> found = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                found.add(parse(data, offsets[i], lengths[i]));
            }
        }
        return found;
    }

    /** Returns the types that occur, in order, with repetition. */
    public List<Integer> types() {
        return Arrays.stream(types).boxed().toList();
    }

    private byte[] copy(int i) {
        return Arrays.copyOfRange(data, offsets[i], offsets[i] + lengths[i]);
    }

    private String text(int i) {
        int length = 0;
        while (length < lengths[i] && data[offsets[i] + length] != 0) {
            length++;
        }
        return new String(data, offsets[i], length, StandardCharsets.UTF_8);
    }

    private int find(int type) {
        for (int i = types.length - 1; i >= 0; i--) {
            if (types[i] == type) {
                return i;
            }
        }
        return -1;
    }

    private int find(int type, int bytes) {
        int i = find(type);
        if (i >= 0 && lengths[i] < bytes) {
            throw new IllegalArgumentException(
                    "attribute " + type + " has " + lengths[i] + " bytes where " + bytes + " are expected");
        }
        return i;
    }
}
