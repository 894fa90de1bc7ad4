package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.iptables.IptablesFamily;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tables of iptables, as far as they can be seen without its programs. Start-up only; for tasks of the writer. */
final class IptablesTables {
    private static final Path PROC_NET = Path.of("/proc/thread-self/net");
    private static final List<String> NAMES = List.of("filter", "nat");

    private final NftablesConnection nftables;

    IptablesTables(NftablesConnection nftables) {
        this.nftables = nftables;
    }

    /** Whether packets of the family exist on this machine at all. */
    boolean exists(IptablesFamily family) {
        return switch (family) {
            case IPV4 -> true;
            case IPV6 -> Files.exists(PROC_NET.resolve("if_inet6"));
        };
    }

    /** Whether the tables of a variant may have rules of the engine: the programs know for certain. */
    boolean mayHaveRules(IptablesFamily family, IptablesVariant variant) throws IOException {
        return switch (variant) {
            case NFT -> hasEngineChain(family);
            case LEGACY -> legacyTables(family).containsAll(NAMES.subList(0, family == IptablesFamily.IPV4 ? 2 : 1));
        };
    }

    private static List<String> legacyTables(IptablesFamily family) throws IOException {
        String file = switch (family) {
            case IPV4 -> "ip_tables_names";
            case IPV6 -> "ip6_tables_names";
        };
        Path names = PROC_NET.resolve(file);
        return Files.exists(names) ? Files.readAllLines(names) : List.of();
    }

    private boolean hasEngineChain(IptablesFamily family) throws IOException {
        for (TableId table : ids(family)) {
            if (chains(table).stream().anyMatch(chain -> IptablesRules.isOwnChain(chain.name()))) {
                return true;
            }
        }
        return false;
    }

    /** A kernel without nf_tables has no chains in it. */
    private List<Chain> chains(TableId table) throws IOException {
        try {
            return nftables.chains(table);
        } catch (NetlinkException refusal) {
            return List.of();
        }
    }

    /**
     * Removes tables that a program left behind in nf_tables without a rule in them; the program makes them again when it
     * needs them. One that gets a rule meanwhile stays.
     */
    void removeHollow(IptablesFamily family) throws IOException {
        for (TableId table : ids(family)) {
            int generation = nftables.generation().id();
            if (isHollow(table)) {
                nftables.commitIfUnchanged(new Batch().delete(table), generation);
            }
        }
    }

    private boolean isHollow(TableId table) throws IOException {
        List<Chain> chains = nftables.chains(table);
        return !chains.isEmpty()
                && chains.stream().allMatch(IptablesTables::isBaseThatAccepts)
                && nftables.rules(table).isEmpty();
    }

    private static boolean isBaseThatAccepts(Chain chain) {
        return chain.hook().filter(hook -> hook.policy() == Policy.ACCEPT).isPresent();
    }

    private static List<TableId> ids(IptablesFamily family) {
        Family in = switch (family) {
            case IPV4 -> Family.IP;
            case IPV6 -> Family.IP6;
        };
        return NAMES.stream().map(name -> new TableId(in, name)).toList();
    }
}
