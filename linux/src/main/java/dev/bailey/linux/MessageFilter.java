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
    private static final int LOAD_WORD_AT_INDEX = 0x40;
    private static final int LOAD_CONSTANT = 0x00;
    private static final int LOAD_INDEX_CONSTANT = 0x01;
    private static final int MOVE_TO_INDEX = 0x07;
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
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_NEWNETCONF = 80;
    private static final int RTM_DELNETCONF = 81;
    private static final int AF_BRIDGE = 7;
    private static final int AF_INET6 = 10;
    private static final int IFF_UP = 1;
    private static final int IFLA_MASTER = 10;
    /** {@code struct ifinfomsg}, behind the header: FAMILY u8 | 0 u8 | TYPE u16 | INDEX i32 | FLAGS u32 | CHANGE u32. */
    private static final int FAMILY_OFFSET = 16;

    private static final int FLAGS_OFFSET = 24;
    private static final int LINK_ATTRIBUTES_OFFSET = 32;

    /** Behind {@code struct netconfmsg}: FAMILY u8 | padding. */
    private static final int SETTING_ATTRIBUTES_OFFSET = 20;

    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int NETCONFA_IFINDEX = 1;
    /** NETCONFA_IFINDEX_ALL of linux/netconf.h, the same in either order of bytes. */
    private static final int ALL_LINKS = -1;

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

    /**
     * Accepts what {@link #notFrom} does, but of links only those that are there and are down or no port of anything, of
     * addresses none that are new, of settings none of a link that goes, and of what is set for IPv6 only what is set for all links: every link that comes reports
     * its own.
     */
    static long[] withoutWorkingPorts(int portId) {
        int lowByteOfFlags = FLAGS_OFFSET + (isLittleEndian() ? 0 : Integer.BYTES - 1);
        return new long[] {
            instruction(LOAD_WORD, 0, 0, PORT_OFFSET),
            instruction(JUMP_IF_EQUAL, 22, 0, networkOrder32(portId)),
            instruction(LOAD_HALF, 0, 0, TYPE_OFFSET),
            instruction(JUMP_IF_EQUAL, 20, 0, networkOrder16(RTM_DELLINK)),
            instruction(JUMP_IF_EQUAL, 19, 0, networkOrder16(RTM_NEWADDR)),
            instruction(JUMP_IF_EQUAL, 18, 0, networkOrder16(RTM_DELNETCONF)),
            instruction(JUMP_IF_EQUAL, 9, 0, networkOrder16(RTM_NEWNETCONF)),
            instruction(JUMP_IF_EQUAL, 0, 17, networkOrder16(RTM_NEWLINK)),
            instruction(LOAD_BYTE, 0, 0, FAMILY_OFFSET),
            instruction(JUMP_IF_EQUAL, 14, 0, AF_BRIDGE),
            instruction(LOAD_BYTE, 0, 0, lowByteOfFlags),
            instruction(JUMP_IF_ANY_BIT, 0, 13, IFF_UP),
            instruction(LOAD_INDEX_CONSTANT, 0, 0, IFLA_MASTER),
            instruction(LOAD_CONSTANT, 0, 0, LINK_ATTRIBUTES_OFFSET),
            instruction(LOAD_WORD, 0, 0, FIND_ATTRIBUTE),
            instruction(JUMP_IF_EQUAL, 9, 8, 0),
            instruction(LOAD_BYTE, 0, 0, FAMILY_OFFSET),
            instruction(JUMP_IF_EQUAL, 0, 7, AF_INET6),
            instruction(LOAD_INDEX_CONSTANT, 0, 0, NETCONFA_IFINDEX),
            instruction(LOAD_CONSTANT, 0, 0, SETTING_ATTRIBUTES_OFFSET),
            instruction(LOAD_WORD, 0, 0, FIND_ATTRIBUTE),
            instruction(MOVE_TO_INDEX, 0, 0, 0),
            instruction(LOAD_WORD_AT_INDEX, 0, 0, ATTRIBUTE_HEADER_BYTES),
            instruction(JUMP_IF_EQUAL, 1, 0, ALL_LINKS),
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
