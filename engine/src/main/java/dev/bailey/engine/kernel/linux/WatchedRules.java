package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.firewall.iptables.IptablesFamily;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.NftablesEvent;
import dev.bailey.netlink.nftables.NftablesEvent.Change;
import dev.bailey.netlink.nftables.TableId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which changes of rules by others may concern the engine's: known to the writer, who says where its rules are, and asked by
 * the thread that follows the changes. Any thread.
 */
final class WatchedRules implements AutoCloseable {
    private static final int MAX_PORTS = 16;
    private static final Set<String> BASE_CHAINS = Set.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");
    private static final Set<TableId> IPTABLES = Set.of(
            new TableId(Family.IP, "filter"),
            new TableId(Family.IP, "nat"),
            new TableId(Family.IP6, "filter"),
            new TableId(Family.IP6, "nat"));
    private static final TableId OWN = RuleCompiler.id(FirewallRules.TABLE);
    private static final TableId OPERATORS = RuleCompiler.id(FirewallRules.OPERATOR_TABLE);

    private final Deque<Integer> ownPorts = new ArrayDeque<>(); // guarded by this
    private final Set<IptablesFamily> suspects = EnumSet.noneOf(IptablesFamily.class); // guarded by this
    private final LegacyWatcher legacy = new LegacyWatcher(this::suspect);
    private volatile boolean nftables;
    private volatile boolean iptablesNft;
    private volatile boolean guards;
    private final Set<TableId> egress = ConcurrentHashMap.newKeySet();
    private volatile boolean iptablesLegacy;
    private volatile Runnable listener = () -> {};

    /** Has somebody told when the tables of iptables-legacy have changed, on a thread that is made when they are used. */
    void listen(Runnable legacyListener) {
        listener = legacyListener;
    }

    /** Whether the engine has tables of its own in nf_tables. */
    void setNftables(boolean used) {
        nftables = used;
    }

    /** Whether the engine has a table of guards in nf_tables. */
    void setGuards(boolean used) {
        guards = used;
    }

    /** Whether the engine has that table of ways out in nf_tables. */
    void setEgress(TableId table, boolean used) {
        if (used) {
            egress.add(table);
        } else {
            egress.remove(table);
        }
    }

    /** Whether the engine has rules in tables of iptables, of a variant. */
    void setIptables(IptablesVariant variant, boolean used) {
        switch (variant) {
            case NFT -> iptablesNft = used;
            case LEGACY -> {
                iptablesLegacy = used;
                if (used) {
                    legacy.watch(listener);
                } else {
                    legacy.forget();
                }
            }
        }
    }

    private synchronized void suspect(IptablesFamily family) {
        suspects.add(family);
    }

    /** The families of iptables whose tables may have been changed since the last time; all when nobody knows. */
    synchronized Set<IptablesFamily> takeSuspects() {
        Set<IptablesFamily> taken = suspects.isEmpty() ? EnumSet.allOf(IptablesFamily.class) : EnumSet.copyOf(suspects);
        suspects.clear();
        return taken;
    }

    /** Takes note that a process is the engine's own: what it commits is told with its number as the port. */
    synchronized void own(long process) {
        ownPorts.add((int) process);
        if (ownPorts.size() > MAX_PORTS) {
            ownPorts.remove();
        }
    }

    private synchronized boolean isOwn(int port) {
        return ownPorts.contains(port);
    }

    /** Whether what somebody committed to nf_tables may have broken rules of the engine's. */
    boolean matters(NftablesEvent event) {
        return switch (event) {
            case NftablesEvent.Overflow() -> true;
            case NftablesEvent.Committed committed ->
                !isOwn(committed.portId())
                        && committed.changes().stream().filter(this::matters).count() > 0;
        };
    }

    private boolean matters(Change change) {
        TableId table = change.table();
        if (nftables && table.equals(OPERATORS)) {
            return change instanceof Change.TableRemoved;
        }
        if (iptablesNft && IPTABLES.contains(table) && isNearOurs(change)) {
            suspect(table.family() == Family.IP ? IptablesFamily.IPV4 : IptablesFamily.IPV6);
            return true;
        }
        return guards && table.equals(GuardRules.TABLE)
                || egress.contains(table)
                || nftables && (table.equals(OWN) || ForwardPasses.matters(change, FirewallBackend.NFTABLES))
                || (iptablesNft || iptablesLegacy) && ForwardPasses.matters(change, FirewallBackend.IPTABLES);
    }

    /** Rules of others, in chains of others, come and go as they like. */
    private static boolean isNearOurs(Change change) {
        return switch (change) {
            case Change.TableRemoved _ -> true;
            case Change.ChainRemoved removed -> IptablesRules.isWatchedChain(removed.chain());
            case Change.RuleAdded(var installed) -> isWatched(installed.rule().chain());
            case Change.RuleRemoved removed -> isWatched(removed.chain());
            case Change.ChainAdded _,
                    Change.TableAdded _,
                    Change.SetAdded _,
                    Change.SetRemoved _,
                    Change.ElementAdded _,
                    Change.ElementRemoved _ -> false;
        };
    }

    private static boolean isWatched(String chain) {
        return IptablesRules.isOwnChain(chain) || BASE_CHAINS.contains(chain);
    }

    @Override
    public void close() {
        legacy.close();
    }
}
