package dev.bailey.netlink.nftables;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What all messages of nf_tables share: the subsystem in their type, and the header before their attributes.
 *
 * <pre>{@code struct nfgenmsg: FAMILY u8 | VERSION u8 = 0 | RES_ID be16 (linux/netfilter/nfnetlink.h)}</pre>
 */
final class NfMessage {
    /** Bytes of {@code struct nfgenmsg}. */
    static final int HEADER_BYTES = 4;

    /** NFNL_MSG_BATCH_BEGIN and NFNL_MSG_BATCH_END, NFNL_BATCH_GENID, linux/netfilter/nfnetlink.h. */
    private static final int NFNL_MSG_BATCH_BEGIN = 16;

    private static final int NFNL_MSG_BATCH_END = 17;
    private static final int NFNL_BATCH_GENID = 1;
    private static final int NFNL_SUBSYS_NFTABLES = 10;

    private NfMessage() {}

    static NetlinkMessage request(int type, int flags, Optional<Family> family, Consumer<AttributeWriter> attributes) {
        AttributeWriter writer = new AttributeWriter();
        writer.putU8(family.map(Family::number).orElse(0)).putU8(0).putU16(0);
        attributes.accept(writer);
        return NetlinkMessage.request(NFNL_SUBSYS_NFTABLES << 8 | type, flags, writer.toByteArray());
    }

    /**
     * The beginning of a transaction.
     *
     * @param generationId the only generation it may be carried out in; empty for any
     */
    static NetlinkMessage begin(Optional<Integer> generationId) {
        AttributeWriter writer = batchHeader();
        generationId.ifPresent(id -> writer.be32(NFNL_BATCH_GENID, id));
        return NetlinkMessage.request(NFNL_MSG_BATCH_BEGIN, 0, writer.toByteArray());
    }

    /** The end of a transaction, without which it is not carried out. */
    static NetlinkMessage end() {
        return NetlinkMessage.request(NFNL_MSG_BATCH_END, 0, batchHeader().toByteArray());
    }

    private static AttributeWriter batchHeader() {
        return new AttributeWriter().putU8(0).putU8(0).putU8(0).putU8(NFNL_SUBSYS_NFTABLES);
    }

    /** The number of nf_tables' message; −1 for one of another subsystem. */
    static int type(NetlinkMessage message) {
        return message.type() >>> 8 == NFNL_SUBSYS_NFTABLES ? message.type() & 0xff : -1;
    }

    /** What a message tells; empty if it is about a family that Bailey does not know. */
    static <T> Optional<T> decode(NetlinkMessage message, BiFunction<Family, Attributes, T> decoder) {
        int family = Byte.toUnsignedInt(message.payload()[0]);
        return Family.ofNumber(family).map(f -> decoder.apply(f, message.attributes(HEADER_BYTES)));
    }
}
