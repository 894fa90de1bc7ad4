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
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_DELROUTE = 25;
    private static final int RTM_NEWNETCONF = 80;
    private static final int RTM_DELNETCONF = 81;
    private static final int AF_BRIDGE = 7;
    private static final int AF_INET6 = 10;
    private static final int IFF_UP = 1;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    /** {@code struct ifinfomsg}, behind the header: FAMILY u8 | 0 u8 | TYPE u16 | INDEX i32 | FLAGS u32 | CHANGE u32. */
    private static final int FAMILY_OFFSET = 16;

    private static final int FLAGS_OFFSET = 24;
    private static final int CHANGE_OFFSET = 28;
    /** What {@code ifi_change} says of a link that is new, the same in either order of bytes. */
    private static final int EVERYTHING = -1;

    private static final int LINK_ATTRIBUTES_OFFSET = 32;

    /** In {@code struct rtmsg}, behind FAMILY, DST_LEN, SRC_LEN, TOS, TABLE, PROTOCOL and SCOPE, each u8. */
    private static final int ROUTE_TYPE_OFFSET = 23;

    private static final int RTN_UNICAST = 1;

    /** Behind {@code struct netconfmsg}: FAMILY u8 | padding. */
    private static final int SETTING_ATTRIBUTES_OFFSET = 20;

    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int NETCONFA_IFINDEX = 1;
    private static final int NETCONFA_FORWARDING = 2;
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
     * addresses none that are new, of routes those to one receiver alone, for every link that comes brings some of its own to
     * groups, and of settings only forwarding that is off: of IPv4 wherever it is, for every link that comes
     * inherits what is set, and of IPv6 where it is off for all links, for every link that comes reports its own. A link that
     * is born up with its other end elsewhere, as that of a sandbox is, becomes a port a moment later.
     */
    static long[] withoutWorkingPorts(int portId) {
        int lowByteOfFlags = FLAGS_OFFSET + (isLittleEndian() ? 0 : Integer.BYTES - 1);
        int next = Program.NEXT;
        int setting = 24;
        int route = 39;
        int nothing = 41;
        int whole = nothing + 1;
        return new Program(whole + 1)
                .then(LOAD_WORD, PORT_OFFSET)
                .jump(JUMP_IF_EQUAL, networkOrder32(portId), nothing, next)
                .then(LOAD_HALF, TYPE_OFFSET)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_DELLINK), nothing, next)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_NEWADDR), nothing, next)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_DELNETCONF), nothing, next)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_NEWNETCONF), setting, next)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_NEWROUTE), route, next)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_DELROUTE), route, next)
                .jump(JUMP_IF_EQUAL, networkOrder16(RTM_NEWLINK), next, whole)
                .then(LOAD_BYTE, FAMILY_OFFSET)
                .jump(JUMP_IF_EQUAL, AF_BRIDGE, nothing, next)
                .then(LOAD_BYTE, lowByteOfFlags)
                .jump(JUMP_IF_ANY_BIT, IFF_UP, next, whole)
                .find(IFLA_MASTER, LINK_ATTRIBUTES_OFFSET)
                .jump(JUMP_IF_EQUAL, 0, next, nothing)
                .then(LOAD_WORD, CHANGE_OFFSET)
                .jump(JUMP_IF_EQUAL, EVERYTHING, next, whole)
                .find(IFLA_LINK, LINK_ATTRIBUTES_OFFSET)
                .jump(JUMP_IF_EQUAL, 0, whole, nothing)
                .find(NETCONFA_FORWARDING, SETTING_ATTRIBUTES_OFFSET)
                .jump(JUMP_IF_EQUAL, 0, nothing, next)
                .then(MOVE_TO_INDEX, 0)
                .then(LOAD_WORD_AT_INDEX, ATTRIBUTE_HEADER_BYTES)
                .jump(JUMP_IF_EQUAL, 0, next, nothing)
                .then(LOAD_BYTE, FAMILY_OFFSET)
                .jump(JUMP_IF_EQUAL, AF_INET6, next, whole)
                .find(NETCONFA_IFINDEX, SETTING_ATTRIBUTES_OFFSET)
                .then(MOVE_TO_INDEX, 0)
                .then(LOAD_WORD_AT_INDEX, ATTRIBUTE_HEADER_BYTES)
                .jump(JUMP_IF_EQUAL, ALL_LINKS, whole, nothing)
                .then(LOAD_BYTE, ROUTE_TYPE_OFFSET)
                .jump(JUMP_IF_EQUAL, RTN_UNICAST, whole, nothing)
                .then(RETURN, NOTHING)
                .then(RETURN, WHOLE)
                .code();
    }

    /** A program in the making, whose jumps name where they lead. */
    private static final class Program {
        static final int NEXT = -1;

        private final long[] code;
        private int size;

        Program(int size) {
            code = new long[size];
        }

        Program then(int instruction, int value) {
            code[size++] = instruction(instruction, 0, 0, value);
            return this;
        }

        Program jump(int condition, int value, int whenTrue, int whenFalse) {
            code[size] = instruction(condition, skipped(whenTrue), skipped(whenFalse), value);
            size++;
            return this;
        }

        /** Looks for an attribute: its offset is loaded, or 0. */
        Program find(int attribute, int from) {
            return then(LOAD_INDEX_CONSTANT, attribute)
                    .then(LOAD_CONSTANT, from)
                    .then(LOAD_WORD, FIND_ATTRIBUTE);
        }

        private int skipped(int target) {
            return target == NEXT ? 0 : target - size - 1;
        }

        long[] code() {
            return code;
        }
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
