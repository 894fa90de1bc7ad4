package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.NetlinkMessage.NLM_F_APPEND;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_CREATE;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_EXCL;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_REPLACE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_HANDLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_POSITION;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DELCHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DELRULE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DELSET;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DELSETELEM;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DELTABLE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DESTROYCHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DESTROYSET;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DESTROYSETELEM;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_DESTROYTABLE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_NEWCHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_NEWRULE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_NEWSET;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_NEWSETELEM;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_NEWTABLE;

import dev.bailey.netlink.AttributeWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Changes that {@link NftablesConnection#commit} carries out all together or not at all, in the order they were put in.
 *
 * <p>What an earlier change adds, a later one may name. The verbs are nft's: add does nothing where the object is there
 * already, create fails then; delete fails where it is not there, destroy does nothing then (Linux 6.3).
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Batch {
    private final List<BatchMessage> messages = new ArrayList<>();
    private int setIds;

    /** A batch without any change. */
    public Batch() {}

    /** Adds a table; of an owned table it becomes the owner if that is an orphan. */
    public Batch add(Table table) {
        return put(table, "add", NLM_F_CREATE);
    }

    /** Adds a table that must not be there. */
    public Batch create(Table table) {
        return put(table, "create", NLM_F_CREATE | NLM_F_EXCL);
    }

    private Batch put(Table table, String verb, int flags) {
        return put(
                NFT_MSG_NEWTABLE,
                flags,
                table.id().family(),
                writer -> TableCodec.encode(writer, table),
                verb + " table",
                table.id().toString(),
                () -> NftText.body(table));
    }

    /** Deletes a table with everything in it. */
    public Batch delete(TableId table) {
        return remove(NFT_MSG_DELTABLE, "delete", table);
    }

    /** Deletes a table with everything in it, if it is there. */
    public Batch destroy(TableId table) {
        return remove(NFT_MSG_DESTROYTABLE, "destroy", table);
    }

    private Batch remove(int type, String verb, TableId table) {
        Consumer<AttributeWriter> attributes = writer -> TableCodec.reference(writer, table);
        return put(type, 0, table.family(), attributes, verb + " table", table.toString(), () -> "");
    }

    /** Deletes all rules of all chains of a table. */
    public Batch flush(TableId table) {
        Consumer<AttributeWriter> attributes = writer -> writer.string(NFTA_RULE_TABLE, table.name());
        return put(NFT_MSG_DELRULE, 0, table.family(), attributes, "flush table", table.toString(), () -> "");
    }

    /** Adds a chain; of a base chain that is there it changes the policy. */
    public Batch add(Chain chain) {
        return put(chain, "add", NLM_F_CREATE);
    }

    /** Adds a chain that must not be there. */
    public Batch create(Chain chain) {
        return put(chain, "create", NLM_F_CREATE | NLM_F_EXCL);
    }

    private Batch put(Chain chain, String verb, int flags) {
        return put(
                NFT_MSG_NEWCHAIN,
                flags,
                chain.table().family(),
                writer -> ChainCodec.encode(writer, chain),
                verb + " chain",
                chain.table() + " " + chain.name(),
                () -> chain.hook().map(hook -> "{ " + NftText.head(hook) + " }").orElse(""));
    }

    /** Deletes a chain with its rules; no rule or map may point to it. */
    public Batch deleteChain(TableId table, String chain) {
        return remove(NFT_MSG_DELCHAIN, "delete", table, chain);
    }

    /** Deletes a chain with its rules, if it is there; no rule or map may point to it. */
    public Batch destroyChain(TableId table, String chain) {
        return remove(NFT_MSG_DESTROYCHAIN, "destroy", table, chain);
    }

    private Batch remove(int type, String verb, TableId table, String chain) {
        Consumer<AttributeWriter> attributes = writer -> ChainCodec.reference(writer, table, chain);
        return put(type, 0, table.family(), attributes, verb + " chain", table + " " + chain, () -> "");
    }

    /** Deletes all rules of a chain. */
    public Batch flushChain(TableId table, String chain) {
        Consumer<AttributeWriter> attributes = writer -> RuleCodec.reference(writer, table, chain);
        return put(NFT_MSG_DELRULE, 0, table.family(), attributes, "flush chain", table + " " + chain, () -> "");
    }

    /** Adds a rule behind all others of its chain. */
    public Batch add(Rule rule) {
        return put(rule, "add", NLM_F_CREATE | NLM_F_APPEND, writer -> {});
    }

    /** Adds a rule before all others of its chain. */
    public Batch insert(Rule rule) {
        return put(rule, "insert", NLM_F_CREATE, writer -> {});
    }

    /** Adds a rule behind the one with that handle. */
    public Batch addAfter(long handle, Rule rule) {
        return put(rule, "add", NLM_F_CREATE | NLM_F_APPEND, writer -> writer.be64(NFTA_RULE_POSITION, handle));
    }

    /** Adds a rule before the one with that handle. */
    public Batch insertBefore(long handle, Rule rule) {
        return put(rule, "insert", NLM_F_CREATE, writer -> writer.be64(NFTA_RULE_POSITION, handle));
    }

    /** Puts a rule in the place of the one with that handle. */
    public Batch replace(long handle, Rule rule) {
        return put(rule, "replace", NLM_F_REPLACE, writer -> writer.be64(NFTA_RULE_HANDLE, handle));
    }

    private Batch put(Rule rule, String verb, int flags, Consumer<AttributeWriter> place) {
        return put(
                NFT_MSG_NEWRULE,
                flags,
                rule.table().family(),
                writer -> {
                    RuleCodec.reference(writer, rule.table(), rule.chain());
                    place.accept(writer);
                    RuleCodec.encode(writer, rule);
                },
                verb + " rule",
                rule.table() + " " + rule.chain(),
                () -> NftText.of(rule));
    }

    /** Deletes the rule with that handle. */
    public Batch deleteRule(TableId table, String chain, long handle) {
        Consumer<AttributeWriter> attributes = writer -> {
            RuleCodec.reference(writer, table, chain);
            writer.be64(NFTA_RULE_HANDLE, handle);
        };
        String text = "handle " + handle;
        return put(NFT_MSG_DELRULE, 0, table.family(), attributes, "delete rule", table + " " + chain, () -> text);
    }

    /**
     * Adds a set or map.
     *
     * @throws IllegalArgumentException if the kernel could not keep it as it is meant
     */
    public Batch add(SetOrMap set) {
        return put(set, "add", NLM_F_CREATE);
    }

    /**
     * Adds a set or map that must not be there.
     *
     * @throws IllegalArgumentException if the kernel could not keep it as it is meant
     */
    public Batch create(SetOrMap set) {
        return put(set, "create", NLM_F_CREATE | NLM_F_EXCL);
    }

    private Batch put(SetOrMap set, String verb, int flags) {
        SetCheck.definition(set);
        int id = ++setIds;
        return put(
                NFT_MSG_NEWSET,
                flags,
                set.table().family(),
                writer -> SetCodec.encode(writer, set, id),
                verb + " " + set.keyword(),
                set.table() + " " + set.name(),
                () -> NftText.body(set));
    }

    /** Deletes a set or map with its elements; no rule may use it. */
    public Batch delete(SetOrMap set) {
        return remove(NFT_MSG_DELSET, "delete", set);
    }

    /** Deletes a set or map with its elements, if it is there; no rule may use it. */
    public Batch destroy(SetOrMap set) {
        return remove(NFT_MSG_DESTROYSET, "destroy", set);
    }

    private Batch remove(int type, String verb, SetOrMap set) {
        Consumer<AttributeWriter> attributes = writer -> SetCodec.reference(writer, set);
        String target = set.table() + " " + set.name();
        return put(type, 0, set.table().family(), attributes, verb + " " + set.keyword(), target, () -> "");
    }

    /** Deletes all elements of a set or map. */
    public Batch flush(SetOrMap set) {
        Consumer<AttributeWriter> attributes = writer -> ElementCodec.reference(writer, set);
        String target = set.table() + " " + set.name();
        return put(NFT_MSG_DELSETELEM, 0, set.table().family(), attributes, "flush " + set.keyword(), target, () -> "");
    }

    /**
     * Adds elements; one that is there with the same data is left, one with other data fails, as does a range that
     * overlaps another.
     *
     * @throws IllegalArgumentException if an element does not fit the set or map
     */
    public Batch add(SetOrMap set, Collection<Element> elements) {
        elements.forEach(element -> SetCheck.element(set, element));
        return put(ElementMessages.of("add", NFT_MSG_NEWSETELEM, NLM_F_CREATE, set, elements, false));
    }

    /** Adds elements; see {@link #add(SetOrMap, Collection)}. */
    public Batch add(SetOrMap set, Element... elements) {
        return add(set, List.of(elements));
    }

    /**
     * Adds elements that must not be there.
     *
     * @throws IllegalArgumentException if an element does not fit the set or map
     */
    public Batch create(SetOrMap set, Collection<Element> elements) {
        elements.forEach(element -> SetCheck.element(set, element));
        int flags = NLM_F_CREATE | NLM_F_EXCL;
        return put(ElementMessages.of("create", NFT_MSG_NEWSETELEM, flags, set, elements, false));
    }

    /** Deletes the elements with these keys, whatever data they have. */
    public Batch delete(SetOrMap set, Collection<Element> elements) {
        elements.forEach(element -> SetCheck.key(set, element));
        return put(ElementMessages.of("delete", NFT_MSG_DELSETELEM, 0, set, elements, true));
    }

    /** Deletes elements; see {@link #delete(SetOrMap, Collection)}. */
    public Batch delete(SetOrMap set, Element... elements) {
        return delete(set, List.of(elements));
    }

    /** Deletes the elements with these keys that are there, whatever data they have. */
    public Batch destroy(SetOrMap set, Collection<Element> elements) {
        elements.forEach(element -> SetCheck.key(set, element));
        return put(ElementMessages.of("destroy", NFT_MSG_DESTROYSETELEM, 0, set, elements, true));
    }

    /** Gives the key of an element that is there other data. */
    public Batch replace(SetOrMap set, Element element) {
        return delete(set, element).add(set, element);
    }

    private Batch put(
            int type,
            int flags,
            Family family,
            Consumer<AttributeWriter> attributes,
            String command,
            String target,
            Supplier<String> body) {
        messages.add(BatchMessage.of(
                NfMessage.request(type, flags, Optional.of(family), attributes), command, target, body));
        return this;
    }

    private Batch put(List<BatchMessage> more) {
        messages.addAll(more);
        return this;
    }

    /** Whether there is no change in it. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    List<BatchMessage> messages() {
        return List.copyOf(messages);
    }

    /** The changes as nft commands, one a line. */
    @Override
    public String toString() {
        return messages.stream().map(BatchMessage::toString).collect(Collectors.joining("\n"));
    }
}
