package dev.bailey.netlink;

import dev.bailey.linux.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Takes datagrams from the kernel apart. */
final class MessageReader {
    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;
    private static final int NLMSGERR_ATTR_OFFS = 2;
    private static final int NLMSGERR_ATTR_MISS_TYPE = 5;

    private MessageReader() {}

    /**
     * Passes on every message of a datagram.
     *
     * @throws IllegalArgumentException when a length does not fit the datagram
     */
    static void read(byte[] datagram, Consumer<NetlinkMessage> consumer) {
        ByteBuffer in = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        for (int at = 0; datagram.length - at >= NetlinkMessage.HEADER_BYTES; ) {
            int length = in.getInt(at);
            if (length < NetlinkMessage.HEADER_BYTES || length > datagram.length - at) {
                throw new IllegalArgumentException("netlink message at byte " + at + " says it has " + length
                        + " bytes where " + (datagram.length - at) + " are left");
            }
            byte[] payload = new byte[length - NetlinkMessage.HEADER_BYTES];
            in.get(at + NetlinkMessage.HEADER_BYTES, payload);
            consumer.accept(new NetlinkMessage(
                    Short.toUnsignedInt(in.getShort(at + 4)),
                    Short.toUnsignedInt(in.getShort(at + 6)),
                    in.getInt(at + 8),
                    in.getInt(at + 12),
                    payload));
            at += length + 3 & ~3;
        }
    }

    /**
     * Reads an NLMSG_ERROR; empty for an acknowledgement, whose errno is 0.
     *
     * <pre>{@code ERRNO i32 (negated) | the request, or its header alone if CAPPED | attributes if ACK_TLVS}</pre>
     */
    static Optional<NetlinkException.Refusal> refusal(NetlinkMessage message, int index) {
        if (message.payload().length < Integer.BYTES + NetlinkMessage.HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "an acknowledgement has " + message.payload().length + " bytes where 20 are the least");
        }
        ByteBuffer in = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        int errno = -in.getInt(0);
        int requestBytes = message.hasFlags(NLM_F_CAPPED) ? NetlinkMessage.HEADER_BYTES : in.getInt(4) + 3 & ~3;
        return refusal(message, errno, Integer.BYTES + requestBytes, index);
    }

    /** Reads an NLMSG_DONE, which carries an errno when a dump failed on its way. */
    static Optional<NetlinkException.Refusal> doneRefusal(NetlinkMessage message, int index) {
        if (message.payload().length < Integer.BYTES) {
            return Optional.empty();
        }
        int errno = -ByteBuffer.wrap(message.payload())
                .order(ByteOrder.nativeOrder())
                .getInt(0);
        return refusal(message, errno, Integer.BYTES, index);
    }

    private static Optional<NetlinkException.Refusal> refusal(
            NetlinkMessage message, int errno, int attributesAt, int index) {
        if (errno <= 0) {
            return Optional.empty();
        }
        if (!message.hasFlags(NLM_F_ACK_TLVS)) {
            return Optional.of(new NetlinkException.Refusal(new Errno(errno), "", -1, index));
        }
        Attributes extended = message.attributes(attributesAt);
        return Optional.of(new NetlinkException.Refusal(
                new Errno(errno),
                extended.string(NLMSGERR_ATTR_MSG).orElseGet(() -> missing(extended)),
                extended.u32(NLMSGERR_ATTR_OFFS).orElse(-1),
                index));
    }

    private static String missing(Attributes extended) {
        OptionalInt type = extended.u32(NLMSGERR_ATTR_MISS_TYPE);
        return type.isPresent() ? "attribute " + type.getAsInt() + " is missing" : "";
    }
}
