package dev.bailey.engine.dns.wire;

/** The numbers of RFC 1035 and its successors that a resolver looks at, and the steps through a message's bytes. */
public final class Wire {
    /** An IPv4 address. */
    public static final int TYPE_A = 1;
    /** The servers of a zone. */
    public static final int TYPE_NS = 2;
    /** The start of a zone, whose last field says how long an absence may be remembered. */
    public static final int TYPE_SOA = 6;
    /** A name for an address. */
    public static final int TYPE_PTR = 12;
    /** An IPv6 address. */
    public static final int TYPE_AAAA = 28;
    /** Host and port of a service (RFC 2782). */
    public static final int TYPE_SRV = 33;
    /** What EDNS adds to a message (RFC 6891). */
    public static final int TYPE_OPT = 41;
    /** The digest of a zone's key, kept by its parent (RFC 4034). */
    public static final int TYPE_DS = 43;
    /** The keys of a zone (RFC 4034). */
    public static final int TYPE_DNSKEY = 48;
    /** Whatever there is. */
    public static final int TYPE_ANY = 255;
    /** The Internet. */
    public static final int CLASS_IN = 1;

    /** No error. */
    public static final int NO_ERROR = 0;
    /** The query cannot be read. */
    public static final int FORMAT_ERROR = 1;
    /** The server failed. */
    public static final int SERVER_FAILURE = 2;
    /** There is no such name. */
    public static final int NO_SUCH_NAME = 3;
    /** The server does not do such things. */
    public static final int NOT_IMPLEMENTED = 4;
    /** The server does not want to. */
    public static final int REFUSED = 5;
    /** The version of EDNS is unknown (RFC 6891). */
    public static final int BAD_VERSION = 16;

    /** The bytes of a message before its question. */
    public static final int HEADER_BYTES = 12;
    /** The longest name, with the lengths of its labels and the root's. */
    public static final int MAX_NAME_BYTES = 255;
    /** The longest message, which only TCP can carry. */
    public static final int MAX_MESSAGE_BYTES = 65535;

    static final int QR = 0x8000;
    static final int OPCODE = 0x7800;
    static final int TC = 0x0200;
    static final int RD = 0x0100;
    static final int RA = 0x0080;
    static final int AD = 0x0020;
    static final int CD = 0x0010;
    static final int RCODE = 0x000f;
    static final int DNSSEC_OK = 0x8000;

    static final int ID_OFFSET = 0;
    static final int FLAGS_OFFSET = 2;
    static final int QUESTIONS_OFFSET = 4;
    static final int ANSWERS_OFFSET = 6;
    static final int AUTHORITIES_OFFSET = 8;
    static final int ADDITIONALS_OFFSET = 10;
    static final int OPT_BYTES = 11;
    /** What stands between the name of a record and its data. */
    static final int RECORD_BYTES = 10;

    private static final int POINTER = 0xc0;
    private static final int MAX_LABEL_BYTES = 63;

    private Wire() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    static void put32(byte[] bytes, int at, int value) {
        put16(bytes, at, value >>> 16);
        put16(bytes, at + 2, value);
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }

    /**
     * Where the name that starts at {@code at} ends, or -1 when it does not end within the message. A pointer ends a name;
     * nobody here follows one, so there is no loop to run into (RFC 9267).
     */
    static int skipName(byte[] bytes, int at, int end) {
        int position = at;
        while (position < end) {
            int length = u8(bytes, position);
            if (length == 0) {
                return position + 1;
            }
            if ((length & POINTER) == POINTER) {
                return position + 2 <= end ? position + 2 : -1;
            }
            if (length > MAX_LABEL_BYTES) {
                return -1;
            }
            position += 1 + length;
            if (position - at >= MAX_NAME_BYTES) {
                return -1;
            }
        }
        return -1;
    }
}
