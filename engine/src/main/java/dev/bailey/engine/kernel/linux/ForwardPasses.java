package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.linux.ForwardPlace.Spot;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.NftablesEvent.Change;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.TableId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets traffic of the engine's bridges through where others refuse whatever they did not accept: Docker, ufw and operators by
 * the policy of iptables' chain FORWARD, firewalld by the last rule of a zone. An accept in a table of ours does not keep
 * another table from refusing.
 *
 * <p>Two rules for each bridge, in and out, stand where the refusal is: they take its place for these bridges and for
 * nothing else. Whatever the chain's other rules say, they say it before; and what may reach a bridge is still decided by
 * the engine's own rules. Where nothing is refused there are none. The refusal itself is never touched.
 *
 * <p>O(chains of {@code ip filter} and {@code ip6 filter}), O(rules of that chain) and O(rules of firewalld). For tasks of the writer, one at a time.
 */
final class ForwardPasses {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardPasses.class);
    /** What tells the rules from those of others; programs show it as a comment. */
    private static final String COMMENT = "bailey";

    private final NftablesConnection nftables;
    private final Map<FirewallBackend, Set<InterfaceName>> bridges = new EnumMap<>(FirewallBackend.class);
    /** The places that may have rules of ours; who had the socket before may have left some. */
    private final Set<ForwardPlace> mayHaveRules = EnumSet.allOf(ForwardPlace.class);
    /** The places where nothing was refused when they were last looked at; whatever changes that is reported. */
    private final Set<ForwardPlace> calm = EnumSet.noneOf(ForwardPlace.class);

    ForwardPasses(NftablesConnection nftables) {
        this.nftables = nftables;
    }

    /**
     * Brings the rules to those of a backend's bridges, and of the other's that has not yet gone. A table of others that cannot
     * be changed must not keep ours from being what it is to be: a refusal is logged. A place that was looked at and refused
     * nothing is not asked again until {@link #broken} has found otherwise.
     */
    void commit(FirewallBackend backend, Set<InterfaceName> wanted) {
        bridges.put(backend, Set.copyOf(wanted));
        for (ForwardPlace place : ForwardPlace.values()) {
            try {
                if (!calm.contains(place)) {
                    commit(place);
                }
            } catch (IOException refusal) {
                LOG.warn("bridges may not pass table {}: {}", place.table(), refusal.getMessage());
            }
        }
    }

    /** Takes the rules away that only this backend's bridges need. */
    void remove(FirewallBackend backend) {
        calm.clear();
        commit(backend, Set.of());
    }

    private void commit(ForwardPlace place) throws IOException {
        for (int attempt = 0; attempt < NftablesConnection.MAX_READ_ATTEMPTS; attempt++) {
            int generation = nftables.generation().id();
            Batch batch = change(place);
            if (batch.isEmpty() || nftables.commitIfUnchanged(batch, generation)) {
                return;
            }
        }
        throw new IOException("the rule set changed again and again");
    }

    /** What is not as it was committed, each in a few words. */
    List<String> broken() throws IOException {
        List<String> broken = new ArrayList<>();
        for (ForwardPlace place : ForwardPlace.values()) {
            calm.remove(place);
            if (!bridges(place).isEmpty() && !change(place).isEmpty()) {
                broken.add("table " + place.table() + " had not the rules for what it refuses");
            }
        }
        return broken;
    }

    /**
     * Whether a change by others may have made the rules necessary, or needless, or taken them away, for bridges of either
     * backend. Any thread.
     */
    static boolean matters(Change change, FirewallBackend backend) {
        return Stream.of(ForwardPlace.values()).anyMatch(place -> place.isFor(backend) && place.matters(change));
    }

    private Batch change(ForwardPlace place) throws IOException {
        List<InterfaceName> names = bridges(place);
        Batch batch = new Batch();
        if (names.isEmpty() && !mayHaveRules.contains(place)) {
            return batch;
        }
        List<InstalledRule> there = place.rules(nftables);
        List<InstalledRule> ours = there.stream().filter(ForwardPasses::isOurs).toList();
        List<InstalledRule> others =
                there.stream().filter(rule -> !isOurs(rule)).toList();
        Optional<Spot> spot = names.isEmpty() ? Optional.empty() : place.spot(nftables, others);
        List<Rule> wanted =
                spot.map(found -> rules(place.table(), found.chain(), names)).orElse(List.of());
        if (wanted.isEmpty() && ours.isEmpty()) {
            mayHaveRules.remove(place);
            if (!names.isEmpty()) {
                calm.add(place);
            }
            return batch;
        }
        calm.remove(place);
        mayHaveRules.add(place);
        if (spot.isPresent() && ours.size() == wanted.size() && isAt(spot.get(), there, wanted)) {
            return batch;
        }
        ours.forEach(rule -> batch.deleteRule(place.table(), rule.rule().chain(), rule.handle()));
        Optional<InstalledRule> before = spot.flatMap(Spot::before);
        wanted.forEach(rule ->
                before.ifPresentOrElse(refusal -> batch.insertBefore(refusal.handle(), rule), () -> batch.add(rule)));
        return batch;
    }

    private List<InterfaceName> bridges(ForwardPlace place) {
        return bridges.entrySet().stream()
                .filter(each -> place.isFor(each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .distinct()
                .sorted(Comparator.comparing(InterfaceName::value))
                .toList();
    }

    private static List<Rule> rules(TableId table, String chain, List<InterfaceName> bridges) {
        return bridges.stream()
                .flatMap(bridge -> rules(table, chain, bridge).stream())
                .toList();
    }

    private static List<Rule> rules(TableId table, String chain, InterfaceName bridge) {
        return Stream.of(Matches.iifname(bridge.value()), Matches.oifname(bridge.value()))
                .map(match -> Rule.of(table, chain, List.of(match, Statements.counter(), Statements.accept()))
                        .withComment(COMMENT))
                .toList();
    }

    private static boolean isOurs(InstalledRule rule) {
        return rule.rule().comment().filter(COMMENT::equals).isPresent();
    }

    /** Whether the rules are just there, in their order. */
    private static boolean isAt(Spot spot, List<InstalledRule> there, List<Rule> wanted) {
        List<InstalledRule> chain = there.stream()
                .filter(rule -> rule.rule().chain().equals(spot.chain()))
                .takeWhile(rule -> !spot.before().equals(Optional.of(rule)))
                .toList();
        return chain.stream()
                .skip(Math.max(0, chain.size() - wanted.size()))
                .map(rule -> rule.rule().withZeroCounters())
                .toList()
                .equals(wanted);
    }
}
