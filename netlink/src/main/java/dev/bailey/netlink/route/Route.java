package dev.bailey.netlink.route;

import dev.bailey.netlink.AttributeWriter;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A unicast route.
 *
 * @param destination where it leads; a prefix of length 0 makes it a default route
 * @param gateway the next hop; empty where the destination is on the link
 * @param link the index of the link that it leaves through; 0 in a request lets the kernel find the gateway's
 * @param source the address that packets of this host's own get; empty lets the kernel choose
 * @param metric its priority: the smallest wins, 0 for none
 * @param table the number of its table; the main one is 254
 */
public record Route(
        Prefix destination,
        Optional<InetAddress> gateway,
        int link,
        Optional<InetAddress> source,
        int metric,
        int table) {
    /** The number of the main table, RT_TABLE_MAIN of linux/rtnetlink.h. */
    public static final int MAIN_TABLE = Rtnetlink.RT_TABLE_MAIN;

    /** The size of {@code struct rtmsg}. */
    static final int HEADER_BYTES = 12;

    /** Returns the default route of a gateway's family through it, in the main table. */
    public static Route defaultVia(InetAddress gateway) {
        return to(new Prefix(Address.inet(new byte[gateway.getAddress().length]), 0), gateway);
    }

    /** Returns the route to a destination through a gateway, in the main table. */
    public static Route to(Prefix destination, InetAddress gateway) {
        return new Route(destination, Optional.of(gateway), 0, Optional.empty(), 0, MAIN_TABLE);
    }

    /** Returns the route to a destination on a link, in the main table. */
    public static Route onLink(Prefix destination, int link) {
        return new Route(destination, Optional.empty(), link, Optional.empty(), 0, MAIN_TABLE);
    }

    /** Returns whether this is a default route. */
    public boolean isDefault() {
        return destination.length() == 0;
    }

    /** Writes the question for the IPv4 routes of the main table through a link: {@code struct rtmsg | OIF(4) u32}. */
    static byte[] questionThrough(int link) {
        return question(Rtnetlink.AF_INET).u32(Rtnetlink.RTA_OIF, link).toByteArray();
    }

    /** Writes the question for the routes of one family in a table: {@code struct rtmsg | TABLE(15) u32}. */
    static byte[] questionOf(int family, int table) {
        return new AttributeWriter(24)
                .putU8(family)
                .putU8(0)
                .putU8(0)
                .putU8(0)
                .putU8(Rtnetlink.RT_TABLE_UNSPEC)
                .putU8(0)
                .putU8(0)
                .putU8(Rtnetlink.RTN_UNICAST)
                .putU32(0)
                .u32(Rtnetlink.RTA_TABLE, table)
                .toByteArray();
    }

    /** Begins the question for the unicast routes of one family in the main table: {@code struct rtmsg}. */
    static AttributeWriter question(int family) {
        return new AttributeWriter(24)
                .putU8(family)
                .putU8(0)
                .putU8(0)
                .putU8(0)
                .putU8(MAIN_TABLE)
                .putU8(0)
                .putU8(0)
                .putU8(Rtnetlink.RTN_UNICAST)
                .putU32(0);
    }

    /**
     * Writes {@code struct rtmsg} of linux/rtnetlink.h and the attributes; a table above 255 has no room in the former. For a
     * removal, protocol and scope match any.
     *
     * <pre>{@code FAMILY u8 | DST_LEN u8 | SRC_LEN u8 | TOS u8 | TABLE u8 | PROTOCOL u8 | SCOPE u8 | TYPE u8 | FLAGS u32
     * [DST(1)] | [GATEWAY(5)] | [PREFSRC(7)] | [PRIORITY(6) u32] | [TABLE(15) u32] | [OIF(4) u32]}</pre>
     */
    byte[] encode(boolean removal) {
        return encode(removal, removal ? 0 : Rtnetlink.RTPROT_BOOT);
    }

    /** As {@link #encode(boolean)}, with who made it: RTPROT_* of linux/rtnetlink.h. */
    byte[] encode(boolean removal, int protocol) {
        return encode(removal, protocol, 0);
    }

    /** As {@link #encode(boolean, int)}, with flags: RTNH_F_* of linux/rtnetlink.h. */
    byte[] encode(boolean removal, int protocol, int flags) {
        int scope = gateway.isPresent() ? Rtnetlink.RT_SCOPE_UNIVERSE : Rtnetlink.RT_SCOPE_LINK;
        AttributeWriter out = new AttributeWriter(64)
                .putU8(destination.family())
                .putU8(destination.length())
                .putU8(0)
                .putU8(0)
                .putU8(table < 256 ? table : Rtnetlink.RT_TABLE_UNSPEC)
                .putU8(protocol)
                .putU8(removal ? Rtnetlink.RT_SCOPE_NOWHERE : scope)
                .putU8(Rtnetlink.RTN_UNICAST)
                .putU32(flags);
        if (!isDefault()) {
            out.bytes(Rtnetlink.RTA_DST, destination.address().getAddress());
        }
        gateway.ifPresent(hop -> out.bytes(Rtnetlink.RTA_GATEWAY, hop.getAddress()));
        source.ifPresent(address -> out.bytes(Rtnetlink.RTA_PREFSRC, address.getAddress()));
        if (metric != 0) {
            out.u32(Rtnetlink.RTA_PRIORITY, metric);
        }
        if (table >= 256) {
            out.u32(Rtnetlink.RTA_TABLE, table);
        }
        if (link != 0) {
            out.u32(Rtnetlink.RTA_OIF, link);
        }
        return out.toByteArray();
    }
}
