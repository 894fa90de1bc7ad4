package dev.bailey.netlink.route;

import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A link with what it does: its state, its counters, and of a bridge and its ports how they are set.
 *
 * @param link the link
 * @param loopback whether it is the way of a host to itself
 * @param state what can be sent over it
 * @param received what came in
 * @param sent what went out
 * @param bridge what only a bridge has
 * @param port what a port of a bridge is allowed to do
 */
public record LinkReport(
        Link link,
        boolean loopback,
        OperationalState state,
        Traffic received,
        Traffic sent,
        Optional<Bridge> bridge,
        Optional<PortState> port) {

    /** What can be sent over a link: RFC 2863, linux/if.h. The order is the kernel's. */
    public enum OperationalState {
        /** The driver does not tell. */
        UNKNOWN,
        /** The device is missing. */
        NOT_PRESENT,
        /** Nothing. */
        DOWN,
        /** Nothing, since a link below it is down. */
        LOWER_LAYER_DOWN,
        /** Nothing, during a test. */
        TESTING,
        /** Nothing yet, for a protocol has not agreed. */
        DORMANT,
        /** Packets. */
        UP
    }

    /** What a port of a bridge is allowed to do: linux/if_bridge.h. The order is the kernel's. */
    public enum PortState {
        /** Nothing: the link is down. */
        DISABLED,
        /** Hear other bridges. */
        LISTENING,
        /** Learn addresses as well. */
        LEARNING,
        /** Everything. */
        FORWARDING,
        /** Nothing, so that there is no loop. */
        BLOCKING
    }

    /**
     * What a link counted in one direction since it was made.
     *
     * @param packets number of packets
     * @param bytes number of bytes
     * @param errors packets that were broken
     * @param dropped packets that there was no room for
     */
    public record Traffic(long packets, long bytes, long errors, long dropped) {
        static final Traffic NONE = new Traffic(0, 0, 0, 0);
    }

    /**
     * What only a bridge has.
     *
     * @param id its id, priority and address in hexadecimal digits: {@code 8000.0242ac110001}
     * @param spanningTree whether it speaks the spanning tree protocol
     */
    public record Bridge(String id, boolean spanningTree) {}

    /** Reads an RTM_NEWLINK; what a kernel or a kind of link does not tell is unknown, zero or empty. */
    static LinkReport decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(Link.HEADER_BYTES);
        Link link = Link.decode(message);
        Optional<Attributes> info = attributes.nested(Rtnetlink.IFLA_LINKINFO);
        ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        Optional<byte[]> counters = attributes.bytes(Rtnetlink.IFLA_STATS64);
        return new LinkReport(
                link,
                (header.getInt(8) & Rtnetlink.IFF_LOOPBACK) != 0,
                constant(OperationalState.values(), attributes.u8(Rtnetlink.IFLA_OPERSTATE))
                        .orElse(OperationalState.UNKNOWN),
                counters.map(bytes -> traffic(bytes, 0)).orElse(Traffic.NONE),
                counters.map(bytes -> traffic(bytes, 1)).orElse(Traffic.NONE),
                info.filter(any -> link.kind().equals("bridge"))
                        .flatMap(nest -> nest.nested(Rtnetlink.IFLA_INFO_DATA))
                        .map(LinkReport::bridge),
                info.flatMap(nest -> nest.nested(Rtnetlink.IFLA_INFO_SLAVE_DATA))
                        .flatMap(nest -> constant(PortState.values(), nest.u8(Rtnetlink.IFLA_BRPORT_STATE))));
    }

    private static <T> Optional<T> constant(T[] values, OptionalInt number) {
        return number.stream()
                .filter(index -> index < values.length)
                .mapToObj(index -> values[index])
                .findFirst();
    }

    /**
     * {@code struct rtnl_link_stats64} of linux/if_link.h begins with eight u64: packets, bytes, errors and dropped packets,
     * of each first the received ones.
     */
    private static Traffic traffic(byte[] counters, int direction) {
        if (counters.length < 8 * Long.BYTES) {
            return Traffic.NONE;
        }
        ByteBuffer in = ByteBuffer.wrap(counters).order(ByteOrder.nativeOrder());
        long[] values = new long[4];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getLong((2 * i + direction) * Long.BYTES);
        }
        return new Traffic(values[0], values[1], values[2], values[3]);
    }

    private static Bridge bridge(Attributes data) {
        String digits = data.bytes(Rtnetlink.IFLA_BR_BRIDGE_ID)
                .map(HexFormat.of()::formatHex)
                .orElse("0".repeat(16));
        return new Bridge(
                digits.substring(0, 4) + "." + digits.substring(4),
                data.u32(Rtnetlink.IFLA_BR_STP_STATE).orElse(0) != 0);
    }
}
