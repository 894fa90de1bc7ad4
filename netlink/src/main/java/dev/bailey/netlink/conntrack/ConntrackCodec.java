package dev.bailey.netlink.conntrack;

import static dev.bailey.netlink.conntrack.Conntrack.CTA_COUNTERS_BYTES;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_COUNTERS_ORIG;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_COUNTERS_PACKETS;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_COUNTERS_REPLY;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER_F_CTA_IP_DST;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER_F_CTA_IP_SRC;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER_F_CTA_PROTO_DST_PORT;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER_F_CTA_PROTO_NUM;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER_ORIG_FLAGS;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_FILTER_REPLY_FLAGS;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_ID;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_IP_V4_DST;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_IP_V4_SRC;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_IP_V6_DST;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_IP_V6_SRC;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_MARK;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_MARK_MASK;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTOINFO;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTOINFO_TCP;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTOINFO_TCP_STATE;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_DST_PORT;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_ICMPV6_CODE;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_ICMPV6_ID;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_ICMPV6_TYPE;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_ICMP_CODE;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_ICMP_ID;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_ICMP_TYPE;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_NUM;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_PROTO_SRC_PORT;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_STATUS;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_TIMEOUT;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_TUPLE_IP;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_TUPLE_ORIG;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_TUPLE_PROTO;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_TUPLE_REPLY;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_ZONE;
import static dev.bailey.netlink.conntrack.Conntrack.IPPROTO_ICMP;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Connections and filters as attributes. */
final class ConntrackCodec {
    private ConntrackCodec() {}

    /**
     * {@code type{IP(1){SRC | DST} | PROTO(2){NUM(1) u8 | …}}}; addresses and ports are big-endian.
     */
    static void encode(AttributeWriter writer, int type, ConnectionTuple tuple) {
        boolean v4 = tuple.source() instanceof Inet4Address;
        writer.nest(type, nest -> {
            nest.nest(CTA_TUPLE_IP, ip -> {
                ip.bytes(v4 ? CTA_IP_V4_SRC : CTA_IP_V6_SRC, tuple.source().getAddress());
                ip.bytes(v4 ? CTA_IP_V4_DST : CTA_IP_V6_DST, tuple.destination().getAddress());
            });
            nest.nest(CTA_TUPLE_PROTO, proto -> encode(proto, tuple.transport()));
        });
    }

    private static void encode(AttributeWriter proto, Transport transport) {
        proto.u8(CTA_PROTO_NUM, transport.protocol());
        switch (transport) {
            case Transport.Ports ports -> {
                proto.be16(CTA_PROTO_SRC_PORT, ports.source());
                proto.be16(CTA_PROTO_DST_PORT, ports.destination());
            }
            case Transport.Icmp icmp -> {
                boolean v4 = icmp.protocol() == IPPROTO_ICMP;
                proto.be16(v4 ? CTA_PROTO_ICMP_ID : CTA_PROTO_ICMPV6_ID, icmp.id());
                proto.u8(v4 ? CTA_PROTO_ICMP_TYPE : CTA_PROTO_ICMPV6_TYPE, icmp.type());
                proto.u8(v4 ? CTA_PROTO_ICMP_CODE : CTA_PROTO_ICMPV6_CODE, icmp.code());
            }
            case Transport.Other other -> {}
        }
    }

    /**
     * {@code [TUPLE_ORIG(1){…} | FILTER(25){ORIG_FLAGS(1) u32 | REPLY_FLAGS(2) u32}] | [MARK(8) be32 | MARK_MASK(21) be32]
     * | [ZONE(18) be16]}, the flags in native order.
     */
    static void encode(AttributeWriter writer, ConntrackFilter filter) {
        if (filter.kernelComparesAddresses()) {
            writer.nest(CTA_TUPLE_ORIG, nest -> encodeTuple(nest, filter));
            writer.nest(CTA_FILTER, nest -> {
                nest.u32(CTA_FILTER_ORIG_FLAGS, flags(filter));
                nest.u32(CTA_FILTER_REPLY_FLAGS, 0);
            });
        }
        filter.mark().ifPresent(mark -> {
            writer.be32(CTA_MARK, mark.value());
            writer.be32(CTA_MARK_MASK, mark.mask());
        });
        filter.zone().ifPresent(zone -> writer.be16(CTA_ZONE, zone));
    }

    private static void encodeTuple(AttributeWriter nest, ConntrackFilter filter) {
        nest.nest(CTA_TUPLE_IP, ip -> {
            filter.source().ifPresent(address -> ip.bytes(CTA_IP_V4_SRC, address.getAddress()));
            filter.destination().ifPresent(address -> ip.bytes(CTA_IP_V4_DST, address.getAddress()));
        });
        filter.protocol()
                .ifPresent(protocol -> nest.nest(CTA_TUPLE_PROTO, proto -> {
                    proto.u8(CTA_PROTO_NUM, protocol);
                    filter.destinationPort().ifPresent(port -> proto.be16(CTA_PROTO_DST_PORT, port));
                }));
    }

    private static int flags(ConntrackFilter filter) {
        return (filter.source().isPresent() ? CTA_FILTER_F_CTA_IP_SRC : 0)
                | (filter.destination().isPresent() ? CTA_FILTER_F_CTA_IP_DST : 0)
                | (filter.protocol().isPresent() ? CTA_FILTER_F_CTA_PROTO_NUM : 0)
                | (filter.destinationPort().isPresent() ? CTA_FILTER_F_CTA_PROTO_DST_PORT : 0);
    }

    static TrackedConnection decode(Attributes attributes) {
        return new TrackedConnection(
                attributes.be32(CTA_ID).orElse(0),
                tuple(attributes.nested(CTA_TUPLE_ORIG).orElseThrow()),
                tuple(attributes.nested(CTA_TUPLE_REPLY).orElseThrow()),
                ConnectionStatus.ofBits(attributes.be32(CTA_STATUS).orElse(0)),
                attributes.be32(CTA_MARK).orElse(0),
                attributes.be16(CTA_ZONE).orElse(0),
                Duration.ofSeconds(attributes.be32(CTA_TIMEOUT).orElse(0)),
                tcpState(attributes),
                attributes.nested(CTA_COUNTERS_ORIG).map(ConntrackCodec::counter),
                attributes.nested(CTA_COUNTERS_REPLY).map(ConntrackCodec::counter));
    }

    private static Optional<TcpState> tcpState(Attributes attributes) {
        return attributes
                .nested(CTA_PROTOINFO)
                .flatMap(info -> info.nested(CTA_PROTOINFO_TCP))
                .map(tcp -> tcp.u8(CTA_PROTOINFO_TCP_STATE))
                .filter(OptionalInt::isPresent)
                .flatMap(state -> TcpState.ofNumber(state.getAsInt()));
    }

    private static TrafficCounter counter(Attributes nest) {
        return new TrafficCounter(
                nest.be64(CTA_COUNTERS_PACKETS).orElse(0),
                nest.be64(CTA_COUNTERS_BYTES).orElse(0));
    }

    private static ConnectionTuple tuple(Attributes nest) {
        Attributes ip = nest.nested(CTA_TUPLE_IP).orElseThrow();
        return new ConnectionTuple(
                address(ip, CTA_IP_V4_SRC, CTA_IP_V6_SRC),
                address(ip, CTA_IP_V4_DST, CTA_IP_V6_DST),
                transport(nest.nested(CTA_TUPLE_PROTO).orElseThrow()));
    }

    private static Transport transport(Attributes proto) {
        int protocol = proto.u8(CTA_PROTO_NUM).orElseThrow();
        if (proto.has(CTA_PROTO_SRC_PORT)) {
            return new Transport.Ports(
                    protocol,
                    proto.be16(CTA_PROTO_SRC_PORT).orElse(0),
                    proto.be16(CTA_PROTO_DST_PORT).orElse(0));
        }
        if (proto.has(CTA_PROTO_ICMP_ID)) {
            return new Transport.Icmp(
                    protocol,
                    proto.be16(CTA_PROTO_ICMP_ID).orElse(0),
                    proto.u8(CTA_PROTO_ICMP_TYPE).orElse(0),
                    proto.u8(CTA_PROTO_ICMP_CODE).orElse(0));
        }
        if (proto.has(CTA_PROTO_ICMPV6_ID)) {
            return new Transport.Icmp(
                    protocol,
                    proto.be16(CTA_PROTO_ICMPV6_ID).orElse(0),
                    proto.u8(CTA_PROTO_ICMPV6_TYPE).orElse(0),
                    proto.u8(CTA_PROTO_ICMPV6_CODE).orElse(0));
        }
        return new Transport.Other(protocol);
    }

    private static InetAddress address(Attributes ip, int v4, int v6) {
        Optional<byte[]> bytes = ip.bytes(v4).or(() -> ip.bytes(v6));
        try {
            return InetAddress.getByAddress(bytes.orElseThrow());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("conntrack tuple with an address of odd length", e);
        }
    }
}
