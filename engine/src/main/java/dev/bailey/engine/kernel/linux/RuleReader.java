package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.linux.listing.Hooks;
import dev.bailey.engine.kernel.linux.listing.LegacyListing;
import dev.bailey.engine.kernel.linux.listing.NatListing;
import dev.bailey.engine.view.Backend;
import dev.bailey.engine.view.FirewallTable;
import dev.bailey.engine.view.NatTable;
import dev.bailey.linux.LegacyTables;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.InstalledTable;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.SetOrMap;
import dev.bailey.netlink.nftables.Table;
import dev.bailey.netlink.nftables.TableFlag;
import dev.bailey.netlink.nftables.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads everybody's rules, of nf_tables and of iptables-legacy; no program is started. */
final class RuleReader {
    private static final Set<String> IPTABLES = Set.of("filter", "nat", "mangle", "raw", "security");

    private RuleReader() {}

    /** All tables with their chains; O(tables + chains). */
    static List<FirewallTable> tables() throws IOException {
        List<FirewallTable> tables = new ArrayList<>();
        try (NftablesConnection nftables = NftablesConnection.open()) {
            List<Chain> chains = nftables.chains();
            for (InstalledTable installed : nftables.tables()) {
                tables.add(table(installed, chains));
            }
        }
        for (LegacyListing legacy : legacy(Set.of())) {
            tables.add(legacy.hooks());
        }
        return tables;
    }

    private static FirewallTable table(InstalledTable installed, List<Chain> chains) {
        Table table = installed.table();
        List<FirewallTable.Chain> own = chains.stream()
                .filter(chain -> chain.table().equals(table.id()))
                .map(chain -> new FirewallTable.Chain(chain.name(), chain.hook().map(Hooks::of)))
                .toList();
        return new FirewallTable(
                table.id().family().keyword(),
                table.id().name(),
                Backend.NFTABLES,
                owner(installed, own),
                table.flags().contains(TableFlag.DORMANT),
                own);
    }

    /** The kernel knows the netlink port of the socket that owns a table, which is its process's number as a rule. */
    private static String owner(InstalledTable installed, List<FirewallTable.Chain> chains) {
        if (installed.ownerPort().isPresent()) {
            return process(Integer.toUnsignedLong(installed.ownerPort().getAsInt()));
        }
        boolean named = IPTABLES.contains(installed.table().id().name());
        boolean hooked = chains.stream()
                .filter(chain -> chain.base().isPresent())
                .allMatch(chain ->
                        chain.name().equalsIgnoreCase(chain.base().orElseThrow().hook())
                                && Character.isUpperCase(chain.name().codePointAt(0)));
        return named && hooked ? "iptables" : "";
    }

    private static String process(long port) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(port), "comm"))
                    .strip();
        } catch (IOException gone) {
            return "port " + port;
        }
    }

    /** The tables that translate addresses, with rules; O(their rules and the elements of the maps in these). */
    static List<NatTable> nat() throws IOException {
        List<NatTable> tables = new ArrayList<>();
        try (NftablesConnection nftables = NftablesConnection.open()) {
            List<TableId> ids = nftables.chains().stream()
                    .filter(NatListing::isNat)
                    .map(Chain::table)
                    .distinct()
                    .toList();
            for (TableId id : ids) {
                nat(nftables, id).ifPresent(tables::add);
            }
        }
        for (LegacyListing legacy : legacy(Set.of("nat"))) {
            tables.add(legacy.table());
        }
        return tables;
    }

    /** Begins anew when somebody commits meanwhile; the last attempt counts, whatever it saw, for somebody may never stop. */
    private static Optional<NatTable> nat(NftablesConnection nftables, TableId id) throws IOException {
        Optional<NatTable> table = Optional.empty();
        for (int attempt = 0; attempt < NftablesConnection.MAX_READ_ATTEMPTS; attempt++) {
            int before = nftables.generation().id();
            table = natOnce(nftables, id);
            if (nftables.generation().id() == before) {
                break;
            }
        }
        return table;
    }

    private static Optional<NatTable> natOnce(NftablesConnection nftables, TableId id) throws IOException {
        try {
            NatListing listing = NatListing.of(id, nftables.chains(id), nftables.rules(id));
            Set<String> wanted = listing.references();
            Map<String, SetContent> sets = new HashMap<>();
            for (SetOrMap set : wanted.isEmpty() ? List.<SetOrMap>of() : nftables.sets(id)) {
                if (wanted.contains(set.name()) && NatListing.isSpeltOut(set)) {
                    sets.put(set.name(), new SetContent(set, nftables.elements(set)));
                }
            }
            return Optional.of(listing.table(sets));
        } catch (NetlinkException gone) {
            if (Refusals.reason(gone) == KernelException.Reason.ABSENT) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    /**
     * The loaded tables of iptables-legacy.
     *
     * @param only the names that are wanted; empty for all
     */
    private static List<LegacyListing> legacy(Set<String> only) throws IOException {
        List<LegacyListing> tables = new ArrayList<>();
        for (boolean ipv6 : new boolean[] {false, true}) {
            List<String> names = LegacyTables.names(ipv6).stream()
                    .filter(name -> only.isEmpty() || only.contains(name))
                    .toList();
            if (!names.isEmpty()) {
                try (LegacyTables legacy = LegacyTables.open(ipv6)) {
                    for (String name : names) {
                        tables.add(LegacyListing.of(name, ipv6, legacy.read(name)));
                    }
                }
            }
        }
        return tables;
    }
}
