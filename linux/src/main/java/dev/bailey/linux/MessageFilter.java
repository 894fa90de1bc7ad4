package dev.bailey.linux;

import java.nio.ByteOrder;

/**
 * Programs of the classic Berkeley Packet Filter over netlink messages ({@code linux/filter.h}).
 *
 * <p>A filter loads in network order while {@code nlmsg_type} is in the machine's: the constant is swapped instead.
 */
final class MessageFilter {
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_CONSTANT = 0x00;
    private static final int LOAD_INDEX_CONSTANT = 0x01;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int WHOLE = -1;
    private static final int NOTHING = 0;

    /** SKF_AD_OFF + SKF_AD_NLATTR: finds the attribute whose type is in X, from the offset in A on; 0 when there is none. */
    private static final int FIND_ATTRIBUTE = -0x1000 + 12;

    /** Where {@code nlmsg_type} is, behind the length. */
    private static final int TYPE_OFFSET = 4;
    /** Where {@code nlmsg_pid} is. */
    private static final int PORT_OFFSET = 12;

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int AF_BRIDGE = 7;
    private static final int IFF_UP = 1;
    private static final int IFLA_MASTER = 10;
    /** {@code struct ifinfomsg}, behind the header: FAMILY u8 | 0 u8 | TYPE u16 | INDEX i32 | FLAGS u32 | CHANGE u32. */
    private static final int FAMILY_OFFSET = 16;

    private static final int FLAGS_OFFSET = 24;
    private static final int LINK_ATTRIBUTES_OFFSET = 32;

    private MessageFilter() {}

    /** Accepts messages of some types, up to 200 of them: a jump is a byte. */
    static long[] ofTypes(int... types) {
        long[] program = new long[types.length + 3];
        program[0] = instruction(LOAD_HALF, 0, 0, TYPE_OFFSET);
        for (int i = 0; i < types.length; i++) {
            program[i + 1] = instruction(JUMP_IF_EQUAL, types.length - i, 0, networkOrder16(types[i]));
        }
        program[types.length + 1] = instruction(RETURN, 0, 0, NOTHING);
        program[types.length + 2] = instruction(RETURN, 0, 0, WHOLE);
        return program;
    }

    /** Accepts messages about what others did than the socket with that port. */
    static long[] notFrom(int portId) {
        return new long[] {
            instruction(LOAD_WORD, 0, 0, PORT_OFFSET),
            instruction(JUMP_IF_EQUAL, 0, 1, networkOrder32(portId)),
            instruction(RETURN, 0, 0, NOTHING),
            instruction(RETURN, 0, 0, WHOLE)
        };
    }

    /** Accepts what {@link #notFrom} does, but of links only those that are there and are down or no port of anything. */
    static long[] withoutWorkingPorts(int portId) {
        int lowByteOfFlags = FLAGS_OFFSET + (isLittleEndian() ? 0 : Integer.BYTES - 1);
        return new long[] {
            instruction(LOAD_WORD, 0, 0, PORT_OFFSET),
            instruction(JUMP_IF_EQUAL, 11, 0, networkOrder32(portId)),
            instruction(LOAD_HALF, 0, 0, TYPE_OFFSET),
            instruction(JUMP_IF_EQUAL, 9, 0, networkOrder16(RTM_DELLINK)),
            instruction(JUMP_IF_EQUAL, 0, 9, networkOrder16(RTM_NEWLINK)),
            instruction(LOAD_BYTE, 0, 0, FAMILY_OFFSET),
            instruction(JUMP_IF_EQUAL, 6, 0, AF_BRIDGE),
            instruction(LOAD_BYTE, 0, 0, lowByteOfFlags),
            instruction(JUMP_IF_ANY_BIT, 0, 5, IFF_UP),
            instruction(LOAD_INDEX_CONSTANT, 0, 0, IFLA_MASTER),
            instruction(LOAD_CONSTANT, 0, 0, LINK_ATTRIBUTES_OFFSET),
            instruction(LOAD_WORD, 0, 0, FIND_ATTRIBUTE),
            instruction(JUMP_IF_EQUAL, 1, 0, 0),
            instruction(RETURN, 0, 0, NOTHING),
            instruction(RETURN, 0, 0, WHOLE)
        };
    }

    private static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    private static int networkOrder16(int value) {
        return isLittleEndian() ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
    }

    private static int networkOrder32(int value) {
        return isLittleEndian() ? Integer.reverseBytes(value) : value;
    }

    /**
     * <pre>
     * struct sock_filter, native order
     *  0  u16 code | 2  u8 jt: skipped when true | 3  u8 jf: skipped when false
     *  4  u32 k
     * </pre>
     */
    private static long instruction(int code, int skippedWhenTrue, int skippedWhenFalse, int value) {
        long k = Integer.toUnsignedLong(value);
        return isLittleEndian()
                ? code | (long) skippedWhenTrue << 16 | (long) skippedWhenFalse << 24 | k << 32
                : (long) code << 48 | (long) skippedWhenTrue << 40 | (long) skippedWhenFalse << 32 | k;
    }
}
