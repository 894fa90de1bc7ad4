package dev.bailey.netlink.nftables;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Notes that the kernel keeps with an object for whoever lists it: a run of type, length and content, a byte each for
 * the first two. The numbers are nft's ({@code enum nftnl_udata_*}).
 */
final class UserData {
    /** Comment of a table, chain, rule or element. */
    static final int COMMENT = 0;

    /** Flags of an element. */
    static final int ELEMENT_FLAGS = 1;

    /** Flag of an element: a range up to the last value there is, which needs no end. */
    static final int INTERVAL_OPEN = 1;

    /** Byte order of a set's keys, without which nft misreads those in host order. */
    static final int SET_KEY_BYTE_ORDER = 0;

    /** Byte order of a map's data. */
    static final int SET_DATA_BYTE_ORDER = 1;

    /** Whether a map's data is a range. */
    static final int SET_DATA_INTERVAL = 6;

    /** Comment of a set or map. */
    static final int SET_COMMENT = 7;

    private static final int NO_ORDER = 0;
    private static final int HOST_ORDER = 1;
    private static final int NETWORK_ORDER = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    UserData comment(int type, Optional<String> comment) {
        comment.ifPresent(text -> put(type, (text + "\0").getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    UserData byteOrder(int type, ValueType of) {
        FieldType field = of.fields().getFirst();
        boolean hasNone = of.isConcatenation() || field.lengthBytes() == 1;
        return u32(type, hasNone ? NO_ORDER : field.hostOrder() ? HOST_ORDER : NETWORK_ORDER);
    }

    UserData u32(int type, int value) {
        put(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
        return this;
    }

    private void put(int type, byte[] content) {
        bytes.write(type);
        bytes.write(content.length);
        bytes.writeBytes(content);
    }

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** The comment in notes that were read back; empty if there is none. */
    static Optional<String> readComment(int type, Optional<byte[]> userData) {
        return userData.map(UserData::parse)
                .flatMap(notes -> Optional.ofNullable(notes.get(type)))
                .map(UserData::text)
                .filter(Check::isComment);
    }

    private static String text(byte[] content) {
        int length = content.length > 0 && content[content.length - 1] == 0 ? content.length - 1 : content.length;
        return new String(content, 0, length, StandardCharsets.UTF_8);
    }

    /** Other programs put other things there: what does not parse counts as nothing. */
    private static Map<Integer, byte[]> parse(byte[] data) {
        Map<Integer, byte[]> notes = new HashMap<>();
        int at = 0;
        while (at + 2 <= data.length) {
            int length = data[at + 1] & 0xff;
            if (at + 2 + length > data.length) {
                break;
            }
            notes.put((int) data[at], Arrays.copyOfRange(data, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return notes;
    }
}
