package dev.bailey.netlink.nftables;

import java.util.Arrays;
import java.util.Optional;

/** What the kernel knows of a packet beside its bytes ({@code enum nft_meta_keys}, linux/netfilter/nf_tables.h). */
public enum MetaKey {
    /** The Ethernet type of the packet. */
    PROTOCOL(1, "meta protocol", FieldType.ETHER_TYPE),
    /** The packet's mark. */
    MARK(3, "meta mark", FieldType.MARK),
    /** Index of the interface it came in by. */
    IIF(4, "iif", FieldType.INTERFACE_INDEX),
    /** Index of the interface it leaves by. */
    OIF(5, "oif", FieldType.INTERFACE_INDEX),
    /** Name of the interface it came in by. */
    IIFNAME(6, "iifname", FieldType.INTERFACE_NAME),
    /** Name of the interface it leaves by. */
    OIFNAME(7, "oifname", FieldType.INTERFACE_NAME),
    /** Type of the link it came in by, {@code ARPHRD_*}. */
    IIFTYPE(8, "meta iiftype", FieldType.LINK_TYPE),
    /** Type of the link it leaves by, {@code ARPHRD_*}. */
    OIFTYPE(9, "meta oiftype", FieldType.LINK_TYPE),
    /** Whether its way is traced. */
    NFTRACE(12, "meta nftrace", FieldType.BOOLEAN),
    /** Whether it is IPv4 or IPv6. */
    NFPROTO(15, "meta nfproto", FieldType.NFPROTO),
    /** The protocol behind the IP headers. */
    L4PROTO(16, "meta l4proto", FieldType.PROTOCOL),
    /** Name of the bridge port it came in by. */
    BRIDGE_IIFNAME(17, "meta ibrname", FieldType.INTERFACE_NAME),
    /** Name of the bridge port it leaves by. */
    BRIDGE_OIFNAME(18, "meta obrname", FieldType.INTERFACE_NAME),
    /** To whom on its link it was addressed. */
    PKTTYPE(19, "meta pkttype", FieldType.PACKET_TYPE),
    /** Group of the interface it came in by. */
    IIFGROUP(21, "iifgroup", FieldType.DEVICE_GROUP),
    /** Group of the interface it leaves by. */
    OIFGROUP(22, "oifgroup", FieldType.DEVICE_GROUP),
    /** Kind of the interface it came in by, such as {@code bridge}. */
    IIFKIND(26, "meta iifkind", FieldType.INTERFACE_NAME),
    /** Kind of the interface it leaves by. */
    OIFKIND(27, "meta oifkind", FieldType.INTERFACE_NAME);

    private final int number;
    private final String text;
    private final FieldType type;

    MetaKey(int number, String text, FieldType type) {
        this.number = number;
        this.text = text;
        this.type = type;
    }

    int number() {
        return number;
    }

    /** nft's words for it. */
    public String text() {
        return text;
    }

    /** The type of its values. */
    public FieldType type() {
        return type;
    }

    static Optional<MetaKey> ofNumber(int number) {
        return Arrays.stream(values()).filter(k -> k.number == number).findFirst();
    }
}
