package dev.bailey.netlink.route;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a link knows of a neighbour's hardware address (ARP and neighbour discovery).
 *
 * @param link the link's index
 * @param address the neighbour's address
 * @param hardware its hardware address; empty while it is being asked for
 * @param state a NUD_* value of linux/neighbour.h; 0x80 is permanent
 */
public record Neighbour(int link, InetAddress address, Optional<HardwareAddress> hardware, int state) {
    /** The state of an entry that the kernel never asks about again, NUD_PERMANENT. */
    public static final int PERMANENT = Rtnetlink.NUD_PERMANENT;

    /** The size of {@code struct ndmsg}. */
    static final int HEADER_BYTES = 12;

    /**
     * Writes {@code struct ndmsg} of linux/neighbour.h and the attributes.
     *
     * <pre>{@code FAMILY u8 | 0 u8 | 0 u16 | INDEX i32 | STATE u16 | FLAGS u8 | TYPE u8 | DST(1) | [LLADDR(2)]}</pre>
     */
    byte[] encode() {
        AttributeWriter out = new AttributeWriter(48)
                .putU8(Prefix.family(address))
                .putU8(0)
                .putU16(0)
                .putU32(link)
                .putU16(state)
                .putU8(0)
                .putU8(0)
                .bytes(Rtnetlink.NDA_DST, address.getAddress());
        hardware.ifPresent(known -> out.bytes(Rtnetlink.NDA_LLADDR, known.bytes()));
        return out.toByteArray();
    }

    /** Reads an RTM_NEWNEIGH or RTM_DELNEIGH; empty for those that have no address, such as a bridge's ports. */
    static Optional<Neighbour> decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        return attributes
                .bytes(Rtnetlink.NDA_DST)
                .map(address -> new Neighbour(
                        header.getInt(4),
                        Address.inet(address),
                        attributes.bytes(Rtnetlink.NDA_LLADDR).map(HardwareAddress::of),
                        Short.toUnsignedInt(header.getShort(8))));
    }
}
