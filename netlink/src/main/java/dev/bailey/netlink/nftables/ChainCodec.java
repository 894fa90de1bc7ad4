package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_CHAIN_HOOK;
import static dev.bailey.netlink.nftables.NfTables.NFTA_CHAIN_NAME;
import static dev.bailey.netlink.nftables.NfTables.NFTA_CHAIN_POLICY;
import static dev.bailey.netlink.nftables.NfTables.NFTA_CHAIN_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_CHAIN_TYPE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_CHAIN_USERDATA;
import static dev.bailey.netlink.nftables.NfTables.NFTA_HOOK_DEV;
import static dev.bailey.netlink.nftables.NfTables.NFTA_HOOK_HOOKNUM;
import static dev.bailey.netlink.nftables.NfTables.NFTA_HOOK_PRIORITY;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/** Chains as attributes. */
final class ChainCodec {
    private ChainCodec() {}

    /**
     * {@code TABLE(1) string | NAME(3) string | [TYPE(7) string | POLICY(5) u32
     * | HOOK(4){HOOKNUM(1) u32 | PRIORITY(2) u32 | [DEV(3) string]}] | [USERDATA(12) bytes]}.
     */
    static void encode(AttributeWriter writer, Chain chain) {
        reference(writer, chain.table(), chain.name());
        chain.hook().ifPresent(hook -> {
            writer.string(NFTA_CHAIN_TYPE, hook.type().keyword());
            writer.be32(NFTA_CHAIN_POLICY, hook.policy().number());
            writer.nest(NFTA_CHAIN_HOOK, nest -> {
                nest.be32(NFTA_HOOK_HOOKNUM, hook.point().number(chain.table().family()));
                nest.be32(NFTA_HOOK_PRIORITY, hook.priority());
                hook.device().ifPresent(device -> nest.string(NFTA_HOOK_DEV, device));
            });
        });
        UserData notes = new UserData().comment(UserData.COMMENT, chain.comment());
        if (!notes.isEmpty()) {
            writer.bytes(NFTA_CHAIN_USERDATA, notes.toByteArray());
        }
    }

    /** {@code TABLE(1) string | NAME(3) string}. */
    static void reference(AttributeWriter writer, TableId table, String chain) {
        writer.string(NFTA_CHAIN_TABLE, table.name());
        writer.string(NFTA_CHAIN_NAME, chain);
    }

    static Chain decode(Family family, Attributes attributes) {
        Optional<String> comment = UserData.readComment(UserData.COMMENT, attributes.bytes(NFTA_CHAIN_USERDATA));
        return new Chain(table(family, attributes), name(attributes), hook(family, attributes), comment);
    }

    static TableId table(Family family, Attributes attributes) {
        return new TableId(family, Wire.string(attributes, NFTA_CHAIN_TABLE).orElseThrow());
    }

    static String name(Attributes attributes) {
        return Wire.string(attributes, NFTA_CHAIN_NAME).orElseThrow();
    }

    private static Optional<Hook> hook(Family family, Attributes attributes) {
        return attributes
                .nested(NFTA_CHAIN_HOOK)
                .flatMap(nest -> HookPoint.ofNumber(family, Wire.be32(nest, NFTA_HOOK_HOOKNUM))
                        .map(point -> new Hook(
                                type(Wire.string(attributes, NFTA_CHAIN_TYPE).orElse("")),
                                point,
                                Wire.be32(nest, NFTA_HOOK_PRIORITY),
                                attributes.be32(NFTA_CHAIN_POLICY).orElse(Policy.ACCEPT.number())
                                                == Policy.DROP.number()
                                        ? Policy.DROP
                                        : Policy.ACCEPT,
                                Wire.string(nest, NFTA_HOOK_DEV))));
    }

    private static ChainType type(String keyword) {
        return switch (keyword) {
            case "nat" -> ChainType.NAT;
            case "route" -> ChainType.ROUTE;
            default -> ChainType.FILTER;
        };
    }
}
