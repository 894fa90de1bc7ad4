package dev.bailey.netlink.route;

import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads RTM_NEWROUTE and RTM_DELROUTE, whose layout {@link Route#encode} draws. */
final class RouteDecoder {
    private static final int TYPE_OFFSET = 7;
    private static final int NEXT_HOP_BYTES = 8;

    private RouteDecoder() {}

    /**
     * Returns one route for each of its next hops; nothing for one that is not unicast, or neither of IPv4 nor of IPv6.
     *
     * @throws IllegalArgumentException when a length does not fit into what holds it
     */
    static List<Route> decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(Route.HEADER_BYTES);
        if (!Rtnetlink.isInternet(message) || message.payload()[TYPE_OFFSET] != Rtnetlink.RTN_UNICAST) {
            return List.of();
        }
        return attributes
                .bytes(Rtnetlink.RTA_MULTIPATH)
                .map(hops -> perHop(message, attributes, hops))
                .orElseGet(() -> List.of(route(
                        message,
                        attributes,
                        attributes,
                        attributes.u32(Rtnetlink.RTA_OIF).orElse(0))));
    }

    /**
     * Reads the list of {@code struct rtnexthop} of linux/rtnetlink.h.
     *
     * <pre>{@code LEN u16 | FLAGS u8 | HOPS u8 | INDEX i32 | [GATEWAY(5)] | [VIA(18)]}</pre>
     */
    private static List<Route> perHop(NetlinkMessage message, Attributes shared, byte[] hops) {
        ByteBuffer in = ByteBuffer.wrap(hops).order(ByteOrder.nativeOrder());
        List<Route> routes = new ArrayList<>();
        for (int at = 0; hops.length - at >= NEXT_HOP_BYTES; ) {
            int length = Short.toUnsignedInt(in.getShort(at));
            if (length < NEXT_HOP_BYTES || length > hops.length - at) {
                throw new IllegalArgumentException("next hop at byte " + at + " says it has " + length + " bytes where "
                        + (hops.length - at) + " are left");
            }
            Attributes own = Attributes.parse(hops, at + NEXT_HOP_BYTES, length - NEXT_HOP_BYTES);
            routes.add(route(message, shared, own, in.getInt(at + 4)));
            at += length + 3 & ~3;
        }
        return routes;
    }

    private static Route route(NetlinkMessage message, Attributes shared, Attributes hop, int link) {
        byte[] header = message.payload();
        int bytes = header[0] == Rtnetlink.AF_INET ? 4 : 16;
        Prefix destination = new Prefix(
                Address.inet(shared.bytes(Rtnetlink.RTA_DST).orElseGet(() -> new byte[bytes])),
                Byte.toUnsignedInt(header[1]));
        return new Route(
                destination,
                gateway(hop),
                link,
                shared.bytes(Rtnetlink.RTA_PREFSRC).map(Address::inet),
                shared.u32(Rtnetlink.RTA_PRIORITY).orElse(0),
                shared.u32(Rtnetlink.RTA_TABLE).orElse(Byte.toUnsignedInt(header[4])));
    }

    /** {@code struct rtvia}, of a next hop of another family, has the family's 16 bits before the address. */
    private static Optional<InetAddress> gateway(Attributes hop) {
        return hop.bytes(Rtnetlink.RTA_GATEWAY)
                .or(() -> hop.bytes(Rtnetlink.RTA_VIA).map(via -> Arrays.copyOfRange(via, 2, Math.max(2, via.length))))
                .map(Address::inet);
    }
}
