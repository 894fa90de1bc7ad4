package dev.bailey.netlink.nftables;

import java.util.List;

/**
 * The type of one field of a set's key or of a map's data.
 *
 * <p>To the kernel it is a number without meaning that it stores for whoever lists the set; the numbers and names here
 * are nft's.
 *
 * @param id nft's number of the type, 6 bits
 * @param name nft's name of the type, such as {@code ipv4_addr}
 * @param lengthBytes the length of a value, 0 to 64; 0 for one that nobody here knows
 * @param hostOrder whether values are in this machine's byte order; else they are in network order
 */
public record FieldType(int id, String name, int lengthBytes, boolean hostOrder) {
    /** The protocol family of a packet, {@code NFPROTO_*}. */
    public static final FieldType NFPROTO = new FieldType(2, "nf_proto", 1, true);

    /** An IPv4 address. */
    public static final FieldType IPV4 = new FieldType(7, "ipv4_addr", 4, false);

    /** An IPv6 address. */
    public static final FieldType IPV6 = new FieldType(8, "ipv6_addr", 16, false);

    /** A hardware address. */
    public static final FieldType ETHER = new FieldType(9, "ether_addr", 6, false);

    /** An Ethernet type. */
    public static final FieldType ETHER_TYPE = new FieldType(10, "ether_type", 2, false);

    /** An IP protocol number. */
    public static final FieldType PROTOCOL = new FieldType(12, "inet_proto", 1, false);

    /** A port. */
    public static final FieldType PORT = new FieldType(13, "inet_service", 2, false);

    /** A packet's or a connection's mark. */
    public static final FieldType MARK = new FieldType(19, "mark", 4, true);

    /** An interface's index. */
    public static final FieldType INTERFACE_INDEX = new FieldType(20, "iface_index", 4, true);

    /** The type of a link, {@code ARPHRD_*}. */
    public static final FieldType LINK_TYPE = new FieldType(21, "iface_type", 2, true);

    /** A connection's state bits. */
    public static final FieldType CT_STATE = new FieldType(26, "ct_state", 4, true);

    /** A direction of a connection. */
    public static final FieldType CT_DIRECTION = new FieldType(27, "ct_dir", 1, true);

    /** A connection's status bits. */
    public static final FieldType CT_STATUS = new FieldType(28, "ct_status", 4, true);

    /** A type of ICMPv6 messages. */
    public static final FieldType ICMPV6_TYPE = new FieldType(29, "icmpv6_type", 1, false);

    /** A packet's type on its link, {@code PACKET_*}. */
    public static final FieldType PACKET_TYPE = new FieldType(31, "pkt_type", 1, true);

    /** A number of a group of devices. */
    public static final FieldType DEVICE_GROUP = new FieldType(35, "devgroup", 4, true);

    /** A kind of address as the routing tables see it, {@code RTN_*}. */
    public static final FieldType ADDRESS_TYPE = new FieldType(38, "fib_addrtype", 4, true);

    /** A yes or no. */
    public static final FieldType BOOLEAN = new FieldType(39, "boolean", 1, true);

    /** An interface's name. */
    public static final FieldType INTERFACE_NAME = new FieldType(41, "ifname", 16, true);

    static final int ID_BITS = 6;

    private static final List<FieldType> KNOWN = List.of(
            NFPROTO,
            IPV4,
            IPV6,
            ETHER,
            ETHER_TYPE,
            PROTOCOL,
            PORT,
            MARK,
            INTERFACE_INDEX,
            LINK_TYPE,
            CT_STATE,
            CT_DIRECTION,
            CT_STATUS,
            ICMPV6_TYPE,
            PACKET_TYPE,
            DEVICE_GROUP,
            ADDRESS_TYPE,
            BOOLEAN,
            INTERFACE_NAME);

    /** Checks the ranges. */
    public FieldType {
        Check.range("type id", id, 0, (1 << ID_BITS) - 1);
        Check.range("type length", lengthBytes, 0, 64);
    }

    int paddedLength() {
        return (lengthBytes + Value.WORD - 1) / Value.WORD * Value.WORD;
    }

    /** The known type of that number, or a nameless one for what only other programs use. */
    static FieldType of(int id, int lengthBytes) {
        for (FieldType type : KNOWN) {
            if (type.id == id) {
                return type;
            }
        }
        return new FieldType(id, "type" + id, lengthBytes, false);
    }
}
