package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_LIST_ELEM;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_DATA_LEN;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_DATA_TYPE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_DESC;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_DESC_CONCAT;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_FIELD_LEN;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_FLAGS;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ID;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_KEY_LEN;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_KEY_TYPE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_NAME;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_OBJ_TYPE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_USERDATA;
import static dev.bailey.netlink.nftables.NfTables.NFT_DATA_VERDICT;
import static dev.bailey.netlink.nftables.NfTables.NFT_SET_CONCAT;
import static dev.bailey.netlink.nftables.NfTables.NFT_SET_MAP;
import static dev.bailey.netlink.nftables.NfTables.NFT_SET_OBJECT;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Sets and maps as attributes. */
final class SetCodec {
    private SetCodec() {}

    /**
     * {@code TABLE(1) string | NAME(2) string | FLAGS(3) u32 | KEY_TYPE(4) u32 | KEY_LEN(5) u32
     * | [DATA_TYPE(6) u32 | DATA_LEN(7) u32] | ID(10) u32 | [DESC(9){CONCAT(2){LIST_ELEM{FIELD_LEN(1) u32}*}}]
     * | USERDATA(13) bytes}.
     *
     * @param id unique among the sets that a batch adds; the kernel wants one and nothing here refers to it
     */
    static void encode(AttributeWriter writer, SetOrMap set, int id) {
        reference(writer, set);
        writer.be32(NFTA_SET_FLAGS, flags(set));
        writer.be32(NFTA_SET_KEY_TYPE, set.key().id());
        writer.be32(NFTA_SET_KEY_LEN, set.key().lengthBytes());
        set.mapData().ifPresent(data -> encode(writer, data));
        writer.be32(NFTA_SET_ID, id);
        if (set.isInterval() && set.key().isConcatenation()) {
            writer.nest(
                    NFTA_SET_DESC,
                    desc -> desc.nest(NFTA_SET_DESC_CONCAT, list -> {
                        for (FieldType field : set.key().fields()) {
                            list.nest(NFTA_LIST_ELEM, element -> element.be32(NFTA_SET_FIELD_LEN, field.lengthBytes()));
                        }
                    }));
        }
        writer.bytes(NFTA_SET_USERDATA, notes(set).toByteArray());
    }

    private static int flags(SetOrMap set) {
        int bits = set.flags().stream().mapToInt(SetFlag::bit).sum();
        bits |= set.mapData().isPresent() ? NFT_SET_MAP : 0;
        return bits | (set.isInterval() && set.key().isConcatenation() ? NFT_SET_CONCAT : 0);
    }

    private static void encode(AttributeWriter writer, MapData data) {
        switch (data) {
            case MapData.Verdicts verdicts -> {
                writer.be32(NFTA_SET_DATA_TYPE, NFT_DATA_VERDICT);
                writer.be32(NFTA_SET_DATA_LEN, 0);
            }
            case MapData.Values values -> {
                writer.be32(NFTA_SET_DATA_TYPE, values.type().id());
                writer.be32(NFTA_SET_DATA_LEN, values.type().lengthBytes());
            }
            case MapData.Objects objects -> writer.be32(NFTA_SET_OBJ_TYPE, objects.kind());
        }
    }

    private static UserData notes(SetOrMap set) {
        UserData notes = new UserData().byteOrder(UserData.SET_KEY_BYTE_ORDER, set.key());
        set.mapData().ifPresent(data -> {
            if (data instanceof MapData.Values values) {
                notes.byteOrder(UserData.SET_DATA_BYTE_ORDER, values.type());
            } else {
                notes.u32(UserData.SET_DATA_BYTE_ORDER, 0);
            }
            notes.u32(UserData.SET_DATA_INTERVAL, 0);
        });
        return notes.comment(UserData.SET_COMMENT, set.comment());
    }

    /** {@code TABLE(1) string | NAME(2) string}. */
    static void reference(AttributeWriter writer, SetOrMap set) {
        writer.string(NFTA_SET_TABLE, set.table().name());
        writer.string(NFTA_SET_NAME, set.name());
    }

    static SetOrMap decode(Family family, Attributes attributes) {
        TableId table = table(family, attributes);
        int bits = Wire.be32(attributes, NFTA_SET_FLAGS);
        Set<SetFlag> flags = EnumSet.noneOf(SetFlag.class);
        for (SetFlag flag : SetFlag.values()) {
            if ((bits & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        ValueType key =
                ValueType.ofId(Wire.be32(attributes, NFTA_SET_KEY_TYPE), Wire.be32(attributes, NFTA_SET_KEY_LEN));
        Optional<String> comment = UserData.readComment(UserData.SET_COMMENT, attributes.bytes(NFTA_SET_USERDATA));
        if ((bits & (NFT_SET_MAP | NFT_SET_OBJECT)) == 0) {
            return new SetDefinition(table, name(attributes), key, flags, comment);
        }
        return new MapDefinition(table, name(attributes), key, mapData(bits, attributes), flags, comment);
    }

    private static MapData mapData(int bits, Attributes attributes) {
        if ((bits & NFT_SET_OBJECT) != 0) {
            return new MapData.Objects(Wire.be32(attributes, NFTA_SET_OBJ_TYPE));
        }
        int type = Wire.be32(attributes, NFTA_SET_DATA_TYPE);
        return type == NFT_DATA_VERDICT
                ? MapData.VERDICTS
                : new MapData.Values(ValueType.ofId(type, Wire.be32(attributes, NFTA_SET_DATA_LEN)));
    }

    static TableId table(Family family, Attributes attributes) {
        return new TableId(family, Wire.string(attributes, NFTA_SET_TABLE).orElseThrow());
    }

    static String name(Attributes attributes) {
        return Wire.string(attributes, NFTA_SET_NAME).orElseThrow();
    }
}
