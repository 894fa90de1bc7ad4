package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_CHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_EXPRESSIONS;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_HANDLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_USERDATA;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/** Rules as attributes. */
final class RuleCodec {
    private RuleCodec() {}

    /** {@code EXPRESSIONS(4){…} | [USERDATA(7) bytes]}; the reference comes before. */
    static void encode(AttributeWriter writer, Rule rule) {
        Expressions.encode(writer, NFTA_RULE_EXPRESSIONS, rule.expressions());
        UserData notes = new UserData().comment(UserData.COMMENT, rule.comment());
        if (!notes.isEmpty()) {
            writer.bytes(NFTA_RULE_USERDATA, notes.toByteArray());
        }
    }

    /** {@code TABLE(1) string | CHAIN(2) string}. */
    static void reference(AttributeWriter writer, TableId table, String chain) {
        writer.string(NFTA_RULE_TABLE, table.name());
        writer.string(NFTA_RULE_CHAIN, chain);
    }

    static InstalledRule decode(Family family, Attributes attributes) {
        Optional<String> comment = UserData.readComment(UserData.COMMENT, attributes.bytes(NFTA_RULE_USERDATA));
        Rule rule = new Rule(
                table(family, attributes),
                chain(attributes),
                Expressions.decode(attributes, NFTA_RULE_EXPRESSIONS),
                comment);
        return new InstalledRule(handle(attributes), rule);
    }

    static TableId table(Family family, Attributes attributes) {
        return new TableId(family, Wire.string(attributes, NFTA_RULE_TABLE).orElseThrow());
    }

    static String chain(Attributes attributes) {
        return Wire.string(attributes, NFTA_RULE_CHAIN).orElseThrow();
    }

    static long handle(Attributes attributes) {
        return Wire.be64(attributes, NFTA_RULE_HANDLE);
    }
}
