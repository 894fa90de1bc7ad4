package dev.bailey.netlink.nftables;

import java.util.Arrays;
import java.util.Optional;

/** What the kernel knows of a packet's connection ({@code enum nft_ct_keys}, linux/netfilter/nf_tables.h). */
public enum CtKey {
    /** The packet's place in the connection, a bit of {@link CtState}. */
    STATE(0, "state", FieldType.CT_STATE),
    /** Whether it goes the way of the connection's first packet: 0, or back: 1. */
    DIRECTION(1, "direction", FieldType.CT_DIRECTION),
    /** The connection's bits of {@link CtStatus}. */
    STATUS(2, "status", FieldType.CT_STATUS),
    /** The connection's mark. */
    MARK(3, "mark", FieldType.MARK),
    /** Whether the connection is IPv4 or IPv6. */
    L3PROTOCOL(7, "l3proto", FieldType.NFPROTO),
    /** The connection's IP protocol. */
    PROTOCOL(10, "protocol", FieldType.PROTOCOL),
    /** Source port of one direction. */
    PROTO_SRC(11, "proto-src", FieldType.PORT),
    /** Destination port of one direction. */
    PROTO_DST(12, "proto-dst", FieldType.PORT),
    /** Source IPv4 address of one direction. */
    SRC_IP(19, "ip saddr", FieldType.IPV4),
    /** Destination IPv4 address of one direction. */
    DST_IP(20, "ip daddr", FieldType.IPV4),
    /** Source IPv6 address of one direction. */
    SRC_IP6(21, "ip6 saddr", FieldType.IPV6),
    /** Destination IPv6 address of one direction. */
    DST_IP6(22, "ip6 daddr", FieldType.IPV6);

    private final int number;
    private final String text;
    private final FieldType type;

    CtKey(int number, String text, FieldType type) {
        this.number = number;
        this.text = text;
        this.type = type;
    }

    int number() {
        return number;
    }

    /** nft's words for it, behind {@code ct} and a direction. */
    public String text() {
        return text;
    }

    /** The type of its values. */
    public FieldType type() {
        return type;
    }

    boolean needsDirection() {
        return switch (this) {
            case STATE, DIRECTION, STATUS, MARK -> false;
            case L3PROTOCOL, PROTOCOL -> false;
            case PROTO_SRC, PROTO_DST, SRC_IP, DST_IP, SRC_IP6, DST_IP6 -> true;
        };
    }

    static Optional<CtKey> ofNumber(int number) {
        return Arrays.stream(values()).filter(k -> k.number == number).findFirst();
    }
}
