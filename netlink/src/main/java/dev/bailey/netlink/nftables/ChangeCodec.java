package dev.bailey.netlink.nftables;

import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import dev.bailey.netlink.nftables.NftablesEvent.Change;
import java.util.Optional;

/** Changes as the kernel tells them. */
final class ChangeCodec {
    private ChangeCodec() {}

    /** Empty for what Bailey does not know, such as flow tables, and for the ends of ranges. */
    static Optional<Change> decode(NetlinkMessage message) {
        return switch (NfMessage.type(message)) {
            case NfTables.NFT_MSG_NEWTABLE ->
                NfMessage.decode(message, (f, a) -> new Change.TableAdded(TableCodec.decode(f, a)));
            case NfTables.NFT_MSG_DELTABLE ->
                NfMessage.decode(message, (f, a) -> new Change.TableRemoved(TableCodec.reference(f, a)));
            case NfTables.NFT_MSG_NEWCHAIN ->
                NfMessage.decode(message, (f, a) -> new Change.ChainAdded(ChainCodec.decode(f, a)));
            case NfTables.NFT_MSG_DELCHAIN ->
                NfMessage.decode(
                        message, (f, a) -> new Change.ChainRemoved(ChainCodec.table(f, a), ChainCodec.name(a)));
            case NfTables.NFT_MSG_NEWRULE ->
                NfMessage.decode(message, (f, a) -> new Change.RuleAdded(RuleCodec.decode(f, a)));
            case NfTables.NFT_MSG_DELRULE -> NfMessage.decode(message, ChangeCodec::ruleRemoved);
            case NfTables.NFT_MSG_NEWSET ->
                NfMessage.decode(message, (f, a) -> new Change.SetAdded(SetCodec.decode(f, a)));
            case NfTables.NFT_MSG_DELSET ->
                NfMessage.decode(message, (f, a) -> new Change.SetRemoved(SetCodec.table(f, a), SetCodec.name(a)));
            case NfTables.NFT_MSG_NEWSETELEM -> element(message, Change.ElementAdded::new);
            case NfTables.NFT_MSG_DELSETELEM -> element(message, Change.ElementRemoved::new);
            default -> Optional.empty();
        };
    }

    private static Change ruleRemoved(Family family, Attributes attributes) {
        return new Change.RuleRemoved(
                RuleCodec.table(family, attributes), RuleCodec.chain(attributes), RuleCodec.handle(attributes));
    }

    private interface ElementChange {
        Change of(TableId table, String set, Element element);
    }

    /** The kernel tells each element in a message of its own. */
    private static Optional<Change> element(NetlinkMessage message, ElementChange change) {
        return NfMessage.decode(
                        message,
                        (f, a) -> ElementCodec.decode(a).stream()
                                .filter(wired -> !wired.endsRange())
                                .findFirst()
                                .map(wired ->
                                        change.of(ElementCodec.table(f, a), ElementCodec.set(a), wired.element())))
                .flatMap(found -> found);
    }
}
