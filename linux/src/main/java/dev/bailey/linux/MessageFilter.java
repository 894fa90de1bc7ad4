package dev.bailey.linux;

import java.nio.ByteOrder;

/**
 * Programs of the classic Berkeley Packet Filter over netlink messages ({@code linux/filter.h}).
 *
 * <p>A filter loads in network order while {@code nlmsg_type} is in the machine's: the constant is swapped instead.
 */
final class MessageFilter {
    private static final int LOAD_HALF_ABSOLUTE = 0x28;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int WHOLE = -1;
    private static final int NOTHING = 0;

    /** Where {@code nlmsg_type} is, behind the length. */
    private static final int TYPE_OFFSET = 4;

    private MessageFilter() {}

    /** Accepts messages of a type. */
    static long[] ofType(int type) {
        return new long[] {
            instruction(LOAD_HALF_ABSOLUTE, 0, TYPE_OFFSET),
            instruction(JUMP_IF_EQUAL, 1, networkOrder(type)),
            instruction(RETURN, 0, WHOLE),
            instruction(RETURN, 0, NOTHING)
        };
    }

    private static int networkOrder(int type) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? Short.toUnsignedInt(Short.reverseBytes((short) type))
                : type;
    }

    /**
     * <pre>
     * struct sock_filter, native order
     *  0  u16 code | 2  u8 jt: skipped when true | 3  u8 jf: skipped when false
     *  4  u32 k
     * </pre>
     */
    private static long instruction(int code, int skippedWhenFalse, int value) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        long k = Integer.toUnsignedLong(value);
        return little
                ? code | (long) skippedWhenFalse << 24 | k << 32
                : (long) code << 48 | (long) skippedWhenFalse << 32 | k;
    }
}
