package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_CHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFTA_RULE_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_GETCHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_GETGEN;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_GETRULE;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_GETSET;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_GETSETELEM;
import static dev.bailey.netlink.nftables.NfTables.NFT_MSG_GETTABLE;

import dev.bailey.linux.Errno;
import dev.bailey.linux.NetlinkSocket;
import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkConnection;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.NetlinkMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A connection to nf_tables, in the network namespace of the thread that opened it.
 *
 * <p>Tables with {@link TableFlag#OWNER} that it adds are this connection's own: nobody else may change them, other
 * connections of the same process included, until it is closed.
 *
 * <p>One thread at a time, and a platform thread: calls block in the kernel.
 */
public final class NftablesConnection implements AutoCloseable {
    /** How often {@link #read} begins anew when somebody commits meanwhile. */
    public static final int MAX_READ_ATTEMPTS = 5;

    private final NetlinkConnection connection;
    private final BatchSender sender;

    private NftablesConnection(NetlinkConnection connection, Optional<BatchSender.Acknowledged> acknowledged) {
        this.connection = connection;
        this.sender = new BatchSender(connection, acknowledged);
    }

    /** Opens a connection in the network namespace of the calling thread. Changes need CAP_NET_ADMIN there. */
    public static NftablesConnection open() throws IOException {
        return open(Optional.empty());
    }

    /** Opens a connection that does not find out by itself what the kernel acknowledges. */
    static NftablesConnection open(Optional<BatchSender.Acknowledged> acknowledged) throws IOException {
        return new NftablesConnection(NetlinkConnection.open(NetlinkSocket.NETFILTER), acknowledged);
    }

    /** The netlink port of this connection's socket, by which events and owned tables name it. */
    public int portId() {
        return connection.portId();
    }

    /**
     * Carries out a batch, all of it or nothing. The cost is that of the changes alone: nothing is listed.
     *
     * @throws NetlinkException of the first change that the kernel refused, with its number in the batch
     */
    public void commit(Batch batch) throws IOException {
        sender.send(batch, Optional.empty());
    }

    /**
     * Carries out a batch if nobody has committed anything since that generation.
     *
     * @param generationId {@link Generation#id()} of what the batch was made from
     * @return whether it was carried out
     * @throws NetlinkException of the first change that the kernel refused, with its number in the batch
     */
    public boolean commitIfUnchanged(Batch batch, int generationId) throws IOException {
        try {
            sender.send(batch, Optional.of(generationId));
            return true;
        } catch (NetlinkException refusal) {
            if (refusal.errno().equals(Errno.ERESTART)) {
                return false;
            }
            throw refusal;
        }
    }

    /** The state of the namespace's rule set. */
    public Generation generation() throws IOException {
        NetlinkMessage request = NfMessage.request(NFT_MSG_GETGEN, 0, Optional.empty(), writer -> {});
        return connection.request("read", "generation of the rule set", request).stream()
                .findFirst()
                .map(answer -> Generation.decode(answer.attributes(NfMessage.HEADER_BYTES)))
                .orElseThrow(() -> new IOException("read generation of the rule set: the kernel's answer is empty"));
    }

    /** All tables. */
    public List<InstalledTable> tables() throws IOException {
        return dump("tables", NFT_MSG_GETTABLE, Optional.empty(), writer -> {}, TableCodec::decode);
    }

    /** One table; empty if it is not there. */
    public Optional<InstalledTable> table(TableId id) throws IOException {
        return tables().stream().filter(t -> t.table().id().equals(id)).findFirst();
    }

    /** The chains of all tables. */
    public List<Chain> chains() throws IOException {
        return dump("chains", NFT_MSG_GETCHAIN, Optional.empty(), writer -> {}, ChainCodec::decode);
    }

    /** The chains of a table; none if it is not there. */
    public List<Chain> chains(TableId table) throws IOException {
        List<Chain> chains = dump("chains", NFT_MSG_GETCHAIN, Optional.of(table), writer -> {}, ChainCodec::decode);
        return chains.stream().filter(chain -> chain.table().equals(table)).toList();
    }

    /** The rules of a table, in order within each chain; none if it is not there. */
    public List<InstalledRule> rules(TableId table) throws IOException {
        Consumer<AttributeWriter> filter = writer -> writer.string(NFTA_RULE_TABLE, table.name());
        List<InstalledRule> rules =
                dump("rules of " + table, NFT_MSG_GETRULE, Optional.of(table), filter, RuleCodec::decode);
        return rules.stream().filter(rule -> rule.rule().table().equals(table)).toList();
    }

    /** The rules of a chain, in order; none if it is not there. O(its rules): the kernel leaves out those of others. */
    public List<InstalledRule> rules(TableId table, String chain) throws IOException {
        Consumer<AttributeWriter> filter = writer -> {
            writer.string(NFTA_RULE_TABLE, table.name());
            writer.string(NFTA_RULE_CHAIN, chain);
        };
        List<InstalledRule> rules =
                dump("rules of " + table + " " + chain, NFT_MSG_GETRULE, Optional.of(table), filter, RuleCodec::decode);
        return rules.stream()
                .filter(rule ->
                        rule.rule().table().equals(table) && rule.rule().chain().equals(chain))
                .toList();
    }

    /** The sets and maps of a table, without their elements. */
    public List<SetOrMap> sets(TableId table) throws IOException {
        Consumer<AttributeWriter> filter = writer -> writer.string(NFTA_SET_TABLE, table.name());
        List<SetOrMap> sets = dump("sets of " + table, NFT_MSG_GETSET, Optional.of(table), filter, SetCodec::decode);
        return sets.stream().filter(set -> set.table().equals(table)).toList();
    }

    /** The elements of a set or map; those of an interval set in the order of their keys. */
    public List<Element> elements(SetOrMap set) throws IOException {
        List<List<ElementCodec.Wired>> parts = dump(
                "elements of " + set.table() + " " + set.name(),
                NFT_MSG_GETSETELEM,
                Optional.of(set.table()),
                writer -> ElementCodec.reference(writer, set),
                (family, attributes) -> ElementCodec.decode(attributes));
        return ElementCodec.join(set, parts.stream().flatMap(List::stream).toList());
    }

    /**
     * A table with everything in it, all from the same generation; empty if it is not there.
     *
     * @throws IOException also if others commit so often that no generation lasts
     */
    public Optional<TableContent> read(TableId id) throws IOException {
        for (int attempt = 0; attempt < MAX_READ_ATTEMPTS; attempt++) {
            int before = generation().id();
            Optional<TableContent> content = readOnce(id);
            if (generation().id() == before) {
                return content;
            }
        }
        throw new IOException("read table " + id + ": the rule set changed while it was read, " + MAX_READ_ATTEMPTS
                + " times in a row");
    }

    private Optional<TableContent> readOnce(TableId id) throws IOException {
        Optional<InstalledTable> table = table(id);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<SetContent> sets = new ArrayList<>();
            for (SetOrMap set : sets(id)) {
                sets.add(new SetContent(set, elements(set)));
            }
            return Optional.of(new TableContent(table.get(), sets, chains(id), rules(id)));
        } catch (NetlinkException gone) {
            if (gone.errno().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    private <T> List<T> dump(
            String what,
            int type,
            Optional<TableId> table,
            Consumer<AttributeWriter> filter,
            BiFunction<Family, Attributes, T> decoder)
            throws IOException {
        NetlinkMessage request = NfMessage.request(type, 0, table.map(TableId::family), filter);
        List<T> result = new ArrayList<>();
        for (NetlinkMessage answer : connection.dump(what, request)) {
            NfMessage.decode(answer, decoder).ifPresent(result::add);
        }
        return result;
    }

    /** Closes the socket; tables that it owns go with it unless they have {@link TableFlag#PERSIST}. */
    @Override
    public void close() {
        connection.close();
    }
}
