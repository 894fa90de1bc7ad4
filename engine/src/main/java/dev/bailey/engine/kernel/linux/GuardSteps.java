package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.model.Guard;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.TableContent;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the guards of host ends in a table of the family bridge, each change one transaction; whatever the backend of the
 * rules, for iptables has no place for them.
 *
 * <p>The table is made with the first guard. The socket owns it, so nobody else can change it while the engine runs, and it
 * stays when the engine goes. For tasks of the writer, one at a time.
 */
final class GuardSteps {
    private final NftablesConnection nftables;
    private final WatchedRules watched;
    /** What the table has, when it is there. */
    private final Set<Guard> guards = new HashSet<>();

    private boolean there;

    /** Changes rules through a connection that stays the caller's; tells what others must not change. */
    GuardSteps(NftablesConnection nftables, WatchedRules watched) {
        this.nftables = nftables;
        this.watched = watched;
    }

    /** Brings the table to these guards; what is right already stays untouched. O(the guards). */
    void commit(Collection<Guard> wanted) throws IOException {
        Optional<TableContent> found = read(wanted.isEmpty());
        Batch batch = new Batch();
        if (found.isPresent()) {
            batch.add(GuardRules.table());
        }
        boolean kept =
                found.filter(table -> !wanted.isEmpty() && isAsMade(table)).isPresent();
        if (kept) {
            update(batch, found.get(), wanted);
        } else {
            if (found.isPresent()) {
                batch.delete(GuardRules.TABLE);
            }
            if (!wanted.isEmpty()) {
                GuardRules.add(GuardRules.create(batch), wanted);
            }
        }
        if (!batch.isEmpty()) {
            nftables.commit(batch);
        }
        guards.clear();
        guards.addAll(wanted);
        found(!wanted.isEmpty());
    }

    private void found(boolean now) {
        there = now;
        watched.setGuards(now);
    }

    /** A kernel without nf_tables has no such table, which is as it should be where none is wanted. */
    private Optional<TableContent> read(boolean tolerant) throws IOException {
        try {
            return nftables.read(GuardRules.TABLE);
        } catch (NetlinkException refusal) {
            if (tolerant) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static void update(Batch batch, TableContent found, Collection<Guard> wanted) {
        for (SetContent set : found.sets()) {
            Set<Element> is = new HashSet<>(set.elements());
            Set<Element> shall = new HashSet<>(GuardRules.elements(set.definition(), wanted));
            List<Element> surplus =
                    is.stream().filter(each -> !shall.contains(each)).toList();
            List<Element> missing =
                    shall.stream().filter(each -> !is.contains(each)).toList();
            if (!surplus.isEmpty()) {
                batch.delete(set.definition(), surplus);
            }
            if (!missing.isEmpty()) {
                batch.add(set.definition(), missing);
            }
        }
    }

    private static boolean isAsMade(TableContent table) {
        return new HashSet<Object>(table.chains()).equals(new HashSet<Object>(GuardRules.chains()))
                && rules(table).equals(new HashSet<>(GuardRules.rules()))
                && table.sets().stream()
                        .map(SetContent::definition)
                        .collect(Collectors.<Object>toSet())
                        .equals(new HashSet<Object>(GuardRules.sets()));
    }

    private static Set<Rule> rules(TableContent table) {
        return table.rules().stream()
                .map(InstalledRule::rule)
                .map(Rule::withZeroCounters)
                .collect(Collectors.toSet());
    }

    /** Nothing where it is there. One transaction; O(1). */
    void add(Guard guard) throws IOException {
        Batch batch = there ? new Batch() : GuardRules.create(new Batch());
        nftables.commit(GuardRules.add(batch, List.of(guard)));
        guards.add(guard);
        found(true);
    }

    /** Nothing where it is not there. One transaction; O(1). */
    void remove(Guard guard) throws IOException {
        if (!guards.contains(guard)) {
            return;
        }
        try {
            nftables.commit(GuardRules.remove(new Batch(), List.of(guard)));
        } catch (NetlinkException refusal) {
            if (Refusals.reason(refusal) != KernelException.Reason.ABSENT) {
                throw refusal;
            }
        }
        guards.remove(guard);
    }

    /** What differs from what was committed, in a few words; the next {@link #commit} mends it. */
    List<String> broken() throws IOException {
        if (!there) {
            return List.of();
        }
        Optional<TableContent> found = nftables.read(GuardRules.TABLE);
        if (found.isEmpty()) {
            return List.of("table " + GuardRules.TABLE + " was gone");
        }
        boolean whole = isAsMade(found.get())
                && found.get().sets().stream()
                        .allMatch(set -> new HashSet<>(set.elements())
                                .equals(new HashSet<>(GuardRules.elements(set.definition(), guards))));
        return whole ? List.of() : List.of("table " + GuardRules.TABLE + " was changed");
    }
}
