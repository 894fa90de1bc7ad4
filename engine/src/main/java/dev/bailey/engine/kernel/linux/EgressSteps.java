package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Sender;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.SetOrMap;
import dev.bailey.netlink.nftables.TableContent;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the ways out of the host, of one family: a table of its own, each change one transaction, whatever the backend of the
 * other rules; and behind it rules and routes.
 *
 * <p>Without anything wanted there is no table, and once that was seen nothing is asked of the kernel. The socket owns the
 * table, so nobody else can change it while the engine runs, and it stays when the engine goes. For tasks of the writer, one
 * at a time.
 */
final class EgressSteps {
    private final EgressRules rules;
    private final NftablesConnection nftables;
    private final RoutingSteps routing;
    private final WatchedRules watched;
    /** What was wanted last, but for the senders; empty while nobody knows what the kernel has. */
    private Optional<EgressPolicy> committed = Optional.empty();

    private final Set<Sender> senders = new HashSet<>();

    /** Changes rules through connections that stay the caller's; tells what others must not change. */
    static Map<IpFamily, EgressSteps> ofEachFamily(
            NftablesConnection nftables, RouteConnection route, WatchedRules watched) {
        Map<IpFamily, EgressSteps> each = new EnumMap<>(IpFamily.class);
        for (IpFamily family : IpFamily.values()) {
            each.put(family, new EgressSteps(family, nftables, route, watched));
        }
        return each;
    }

    private EgressSteps(IpFamily family, NftablesConnection nftables, RouteConnection route, WatchedRules watched) {
        this.rules = EgressRules.of(family);
        this.nftables = nftables;
        this.routing = new RoutingSteps(family, route);
        this.watched = watched;
    }

    /** Brings everything to what is wanted; what is right already stays untouched. O(what is wanted). */
    void commit(EgressPolicy wanted) throws IOException {
        if (wanted.isNone() && committed.equals(Optional.of(wanted)) && senders.isEmpty()) {
            return;
        }
        if (!wanted.isNone()) {
            routing.commit(wanted.exits());
        }
        commitTable(wanted);
        if (wanted.isNone()) {
            routing.commit(Map.of());
        }
        committed = Optional.of(wanted);
        senders.clear();
        senders.addAll(wanted.senders());
        watched.setEgress(rules.id(), !wanted.isNone());
    }

    private void commitTable(EgressPolicy wanted) throws IOException {
        boolean none = wanted.isNone();
        Optional<TableContent> found = read(none);
        Batch batch = new Batch();
        if (found.isPresent()) {
            batch.add(rules.table());
        }
        if (found.isPresent() && !none && isAsMade(found.get(), wanted)) {
            update(batch, found.get(), wanted);
        } else {
            if (found.isPresent()) {
                batch.delete(rules.id());
            }
            if (!none) {
                rules.create(batch, wanted);
            }
        }
        if (!batch.isEmpty()) {
            nftables.commit(batch);
        }
    }

    /** A kernel without nf_tables has no such table, which is as it should be where none is wanted. */
    private Optional<TableContent> read(boolean tolerant) throws IOException {
        try {
            return nftables.read(rules.id());
        } catch (NetlinkException refusal) {
            if (tolerant) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static void update(Batch batch, TableContent found, EgressPolicy wanted) {
        for (SetContent set : found.sets()) {
            Set<Element> is = new HashSet<>(set.elements());
            Set<Element> shall = new HashSet<>(EgressElements.of(set.definition(), wanted));
            List<Element> surplus =
                    is.stream().filter(each -> !shall.contains(each)).toList();
            if (!surplus.isEmpty()) {
                batch.delete(set.definition(), surplus);
            }
            EgressRules.add(
                    batch,
                    set.definition(),
                    shall.stream().filter(each -> !is.contains(each)).toList());
        }
    }

    private boolean isAsMade(TableContent table, EgressPolicy wanted) {
        Map<String, List<Rule>> is = table.rules().stream()
                .map(InstalledRule::rule)
                .map(Rule::withZeroCounters)
                .collect(Collectors.groupingBy(Rule::chain));
        return new HashSet<Object>(table.chains()).equals(new HashSet<Object>(rules.chains(wanted)))
                && is.equals(rules.rules(wanted).stream().collect(Collectors.groupingBy(Rule::chain)))
                && table.sets().stream()
                        .map(SetContent::definition)
                        .collect(Collectors.<Object>toSet())
                        .equals(new HashSet<Object>(rules.sets()));
    }

    /** One transaction; O(the sender's allow list). What is added has a table that is there, with its way. */
    void set(Sender sender, boolean on) throws IOException {
        if (on) {
            add(sender);
        } else {
            remove(sender);
        }
    }

    private void add(Sender sender) throws IOException {
        Batch batch = new Batch();
        for (SetOrMap set : rules.sets()) {
            EgressRules.add(batch, set, EgressElements.of(set, List.of(sender)));
        }
        nftables.commit(batch);
        senders.add(sender);
    }

    /** Nothing where it is not there. */
    private void remove(Sender sender) throws IOException {
        if (!senders.contains(sender)) {
            return;
        }
        Batch batch = new Batch();
        for (SetOrMap set : rules.sets()) {
            List<Element> elements = EgressElements.of(set, List.of(sender));
            if (!elements.isEmpty()) {
                batch.delete(set, elements);
            }
        }
        try {
            nftables.commit(batch);
        } catch (NetlinkException refusal) {
            if (Refusals.reason(refusal) != KernelException.Reason.ABSENT) {
                throw refusal;
            }
        }
        senders.remove(sender);
    }

    /** What differs from what was committed, in a few words; the next {@link #commit} mends it. */
    List<String> broken() throws IOException {
        if (committed.isEmpty() || committed.get().isNone()) {
            return List.of();
        }
        EgressPolicy wanted = committed.get().with(senders);
        List<String> broken = new ArrayList<>(routing.broken(wanted.exits()));
        Optional<TableContent> found = nftables.read(rules.id());
        if (found.isEmpty()) {
            broken.add("table " + rules.id() + " was gone");
        } else if (!isAsMade(found.get(), wanted) || !hasElements(found.get().sets(), wanted)) {
            broken.add("table " + rules.id() + " was changed");
        }
        return broken;
    }

    private static boolean hasElements(Collection<SetContent> sets, EgressPolicy wanted) {
        return sets.stream()
                .allMatch(set -> new HashSet<>(set.elements())
                        .equals(new HashSet<>(EgressElements.of(set.definition(), wanted))));
    }
}
