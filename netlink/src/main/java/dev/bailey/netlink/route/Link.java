package dev.bailey.netlink.route;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A link of a network namespace.
 *
 * @param index its interface index, above 0
 * @param name its name
 * @param kind what kind of virtual device it is, such as {@code bridge} or {@code veth}; empty for others
 * @param up whether it is administratively up (IFF_UP)
 * @param carrier whether there is somebody at the other end (IFF_LOWER_UP)
 * @param direct whether a packet that leaves by it needs no next hop: it leads to one neighbour alone (IFF_POINTOPOINT), or
 *     nobody's hardware address is asked for on it (IFF_NOARP)
 * @param mtuBytes its MTU in bytes
 * @param master the index of the bridge or bond that it is a port of, 0 for none
 * @param peer the index of what it hangs on (IFLA_LINK): of a veth's other end, in whatever namespace that is; 0 for none
 * @param isolated whether it is a port of a bridge that does not reach the bridge's other isolated ports
 * @param hairpin whether it is a port of a bridge that may send frames back through it
 * @param group the group it is in, 0 unless set
 * @param address its hardware address, where it has one
 */
public record Link(
        int index,
        String name,
        String kind,
        boolean up,
        boolean carrier,
        boolean direct,
        int mtuBytes,
        int master,
        int peer,
        boolean isolated,
        boolean hairpin,
        int group,
        Optional<HardwareAddress> address) {

    /** The size of {@code struct ifinfomsg}. */
    static final int HEADER_BYTES = 16;

    /**
     * Writes a {@code struct ifinfomsg} of linux/rtnetlink.h.
     *
     * <pre>{@code FAMILY u8 | 0 u8 | TYPE u16 | INDEX i32 | FLAGS u32 | CHANGE u32}</pre>
     */
    static AttributeWriter header(AttributeWriter out, int index, int flags, int change) {
        return out.putU32(Rtnetlink.AF_UNSPEC).putU32(index).putU32(flags).putU32(change);
    }

    /**
     * Writes what kind of link it is. The name has no NUL at its end and the nests no mark, as iproute2 has it.
     *
     * <pre>{@code LINKINFO(18) { KIND(1) | DATA(2) { ... } }}</pre>
     */
    static void kind(AttributeWriter out, String kind, Consumer<AttributeWriter> data) {
        out.nestUnflagged(
                Rtnetlink.IFLA_LINKINFO,
                info -> info.bytes(Rtnetlink.IFLA_INFO_KIND, kind.getBytes(StandardCharsets.US_ASCII))
                        .nestUnflagged(Rtnetlink.IFLA_INFO_DATA, data));
    }

    /**
     * Writes what a port of a bridge is like, as iproute2 has it; the kernel goes by the link's master, not by the kind.
     *
     * <pre>{@code LINKINFO(18) { KIND(1) "bridge_slave" | SLAVE_DATA(5) { ... } }}</pre>
     */
    static AttributeWriter bridgePort(AttributeWriter out, Consumer<AttributeWriter> data) {
        return out.nestUnflagged(
                Rtnetlink.IFLA_LINKINFO,
                info -> info.bytes(Rtnetlink.IFLA_INFO_KIND, "bridge_slave".getBytes(StandardCharsets.US_ASCII))
                        .nestUnflagged(Rtnetlink.IFLA_INFO_SLAVE_DATA, data));
    }

    /** Reads an RTM_NEWLINK or RTM_DELLINK. */
    static Link decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        int flags = header.getInt(8);
        return new Link(
                header.getInt(4),
                attributes.string(Rtnetlink.IFLA_IFNAME).orElse(""),
                attributes
                        .nested(Rtnetlink.IFLA_LINKINFO)
                        .flatMap(info -> info.string(Rtnetlink.IFLA_INFO_KIND))
                        .orElse(""),
                (flags & Rtnetlink.IFF_UP) != 0,
                (flags & Rtnetlink.IFF_LOWER_UP) != 0,
                (flags & (Rtnetlink.IFF_POINTOPOINT | Rtnetlink.IFF_NOARP)) != 0,
                attributes.u32(Rtnetlink.IFLA_MTU).orElse(0),
                attributes.u32(Rtnetlink.IFLA_MASTER).orElse(0),
                attributes.u32(Rtnetlink.IFLA_LINK).orElse(0),
                portFlag(attributes, Rtnetlink.IFLA_BRPORT_ISOLATED),
                portFlag(attributes, Rtnetlink.IFLA_BRPORT_MODE),
                attributes.u32(Rtnetlink.IFLA_GROUP).orElse(0),
                attributes
                        .bytes(Rtnetlink.IFLA_ADDRESS)
                        .filter(bytes -> bytes.length > 0)
                        .map(HardwareAddress::of));
    }

    private static boolean portFlag(Attributes attributes, int flag) {
        return attributes
                        .nested(Rtnetlink.IFLA_LINKINFO)
                        .flatMap(info -> info.nested(Rtnetlink.IFLA_INFO_SLAVE_DATA))
                        .map(port -> port.u8(flag).orElse(0))
                        .orElse(0)
                == 1;
    }
}
