package dev.bailey.netlink;

import java.util.HexFormat;
import java.util.Objects;

/**
 * A netlink message: the fields of its {@code struct nlmsghdr} of linux/netlink.h and what follows.
 *
 * <pre>{@code LEN u32 | TYPE u16 | FLAGS u16 | SEQ u32 | PID u32 | payload | 0 to 3 zero bytes}</pre>
 *
 * @param type what it asks or tells, 0 to 65535
 * @param flags the NLM_F_* flags, 0 to 65535
 * @param sequence its number, chosen by who asks and repeated in every answer; 0 in a notification
 * @param portId the port of the socket it is for or from; 0 for the kernel
 * @param payload the fixed header and attributes; owned by the message, not to be changed
 */
public record NetlinkMessage(int type, int flags, int sequence, int portId, byte[] payload) {
    /** A request to the kernel. */
    public static final int NLM_F_REQUEST = 0x1;
    /** The message is one of several, up to NLMSG_DONE. */
    public static final int NLM_F_MULTI = 0x2;
    /** Asks for an acknowledgement. */
    public static final int NLM_F_ACK = 0x4;
    /** Asks for the notification that others get. */
    public static final int NLM_F_ECHO = 0x8;
    /** A dump was disturbed by a change and is not consistent. */
    public static final int NLM_F_DUMP_INTR = 0x10;
    /** In a new-request: replace what is there. */
    public static final int NLM_F_REPLACE = 0x100;
    /** In a new-request: fail when it is there. */
    public static final int NLM_F_EXCL = 0x200;
    /** In a new-request: create it when it is not there. */
    public static final int NLM_F_CREATE = 0x400;
    /** In a new-request: add at the end. */
    public static final int NLM_F_APPEND = 0x800;
    /** In a get-request: all of them. */
    public static final int NLM_F_DUMP = 0x300;

    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;
    static final int HEADER_BYTES = 16;

    /** Checks that there is a payload. */
    public NetlinkMessage {
        Objects.requireNonNull(payload, "payload");
    }

    /** Returns a request; the connection numbers it and adds NLM_F_REQUEST. */
    public static NetlinkMessage request(int type, int flags, byte[] payload) {
        return new NetlinkMessage(type, flags | NLM_F_REQUEST, 0, 0, payload);
    }

    /** Returns the attributes after a fixed header of that many bytes. */
    public Attributes attributes(int headerBytes) {
        if (headerBytes < 0 || payload.length < headerBytes) {
            throw new IllegalArgumentException("message of type " + type + " has " + payload.length
                    + " bytes where its header alone has " + headerBytes);
        }
        return Attributes.parse(payload, headerBytes, payload.length - headerBytes);
    }

    /** Returns whether all of these flags are set. */
    public boolean hasFlags(int wanted) {
        return (flags & wanted) == wanted;
    }

    void writeTo(AttributeWriter out, int number, int extraFlags) {
        out.putU32(HEADER_BYTES + payload.length)
                .putU16(type)
                .putU16(flags | extraFlags)
                .putU32(number)
                .putU32(0)
                .put(payload);
        while ((out.length() & 3) != 0) {
            out.putU8(0);
        }
    }

    /** The fields, the payload in hexadecimal. */
    @Override
    public String toString() {
        return "NetlinkMessage[type=" + type + ", flags=0x" + Integer.toHexString(flags) + ", sequence=" + sequence
                + ", payload=" + HexFormat.of().formatHex(payload) + "]";
    }
}
