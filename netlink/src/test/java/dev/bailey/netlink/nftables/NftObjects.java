package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.FieldType.INTERFACE_NAME;
import static dev.bailey.netlink.nftables.FieldType.IPV4;
import static dev.bailey.netlink.nftables.FieldType.IPV6;
import static dev.bailey.netlink.nftables.FieldType.MARK;
import static dev.bailey.netlink.nftables.FieldType.PORT;
import static dev.bailey.netlink.nftables.FieldType.PROTOCOL;

/** The sets and maps that the files of nft's bytes are about. */
final class NftObjects {
    static final TableId TABLE = new TableId(Family.INET, "bailey");

    static final SetDefinition IFS = SetDefinition.of(TABLE, "ifs", INTERFACE_NAME);
    static final SetDefinition NETS = SetDefinition.intervals(TABLE, "nets", IPV4);
    static final SetDefinition NETS6 = SetDefinition.intervals(TABLE, "nets6", IPV6);
    static final SetDefinition PORTS = SetDefinition.of(TABLE, "ports", PORT);
    static final SetDefinition PROTOS = SetDefinition.of(TABLE, "protos", PROTOCOL);
    static final SetDefinition MARKS = SetDefinition.of(TABLE, "marks", MARK);
    static final SetDefinition MACS = SetDefinition.of(TABLE, "macs", FieldType.ETHER);
    static final SetDefinition PAIRS = SetDefinition.of(TABLE, "pairs", IPV4, PROTOCOL, PORT);
    static final SetDefinition IPAIRS = SetDefinition.intervals(TABLE, "ipairs", IPV4, PORT);
    static final SetDefinition IFPAIR = SetDefinition.of(TABLE, "ifpair", INTERFACE_NAME, INTERFACE_NAME);

    static final ValueType PROTOCOL_PORT = ValueType.of(PROTOCOL, PORT);
    static final MapData ENDPOINT = MapData.values(IPV4, PORT);

    static final MapDefinition OUT_JUMPS =
            MapDefinition.of(TABLE, "out_jumps", ValueType.of(INTERFACE_NAME), MapData.VERDICTS);
    static final MapDefinition PUBLISH = MapDefinition.of(TABLE, "publish", PROTOCOL_PORT, ENDPOINT);
    static final MapDefinition PUBLISH_ADDR =
            MapDefinition.of(TABLE, "publish_addr", ValueType.of(IPV4, PROTOCOL, PORT), ENDPOINT);
    static final MapDefinition PUBLISH_RNG = MapDefinition.intervals(TABLE, "publish_rng", PROTOCOL_PORT, ENDPOINT);
    static final MapDefinition PUBLISH6 =
            MapDefinition.of(TABLE, "publish6", PROTOCOL_PORT, MapData.values(IPV6, PORT));
    static final MapDefinition RNG = MapDefinition.intervals(TABLE, "rng", PROTOCOL_PORT, MapData.values(IPV4));
    static final MapDefinition EGRESS =
            MapDefinition.intervals(TABLE, "egress", ValueType.of(IPV4), MapData.values(MARK));
    static final MapDefinition EGRESS_V =
            MapDefinition.intervals(TABLE, "egress_v", ValueType.of(IPV4), MapData.VERDICTS);
    static final MapDefinition SNATMAP =
            MapDefinition.intervals(TABLE, "snatmap", ValueType.of(IPV4), MapData.values(IPV4));

    private NftObjects() {}
}
