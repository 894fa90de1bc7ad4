package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_TABLE_FLAGS;
import static dev.bailey.netlink.nftables.NfTables.NFTA_TABLE_NAME;
import static dev.bailey.netlink.nftables.NfTables.NFTA_TABLE_OWNER;
import static dev.bailey.netlink.nftables.NfTables.NFTA_TABLE_USERDATA;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Tables as attributes. */
final class TableCodec {
    private TableCodec() {}

    /** {@code NAME(1) string | FLAGS(2) u32 | [USERDATA(6) bytes]}. */
    static void encode(AttributeWriter writer, Table table) {
        reference(writer, table.id());
        writer.be32(
                NFTA_TABLE_FLAGS,
                table.flags().stream().mapToInt(TableFlag::bit).sum());
        UserData notes = new UserData().comment(UserData.COMMENT, table.comment());
        if (!notes.isEmpty()) {
            writer.bytes(NFTA_TABLE_USERDATA, notes.toByteArray());
        }
    }

    /** {@code NAME(1) string}. */
    static void reference(AttributeWriter writer, TableId table) {
        writer.string(NFTA_TABLE_NAME, table.name());
    }

    static InstalledTable decode(Family family, Attributes attributes) {
        int bits = Wire.be32(attributes, NFTA_TABLE_FLAGS);
        Set<TableFlag> flags = EnumSet.noneOf(TableFlag.class);
        for (TableFlag flag : TableFlag.values()) {
            if ((bits & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        Optional<String> comment = UserData.readComment(UserData.COMMENT, attributes.bytes(NFTA_TABLE_USERDATA));
        Table table = new Table(reference(family, attributes), flags, comment);
        return new InstalledTable(table, attributes.be32(NFTA_TABLE_OWNER));
    }

    static TableId reference(Family family, Attributes attributes) {
        return new TableId(family, Wire.string(attributes, NFTA_TABLE_NAME).orElseThrow());
    }
}
