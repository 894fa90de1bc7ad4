package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.NftablesEvent.Change;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.TableId;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets traffic of the engine's bridges through where iptables drops by policy what nobody accepted, as Docker, ufw and
 * operators have it: an accept in a table of ours does not keep another table from dropping.
 *
 * <p>Two rules for each bridge, in and out, stand at the very end of chain FORWARD of table {@code ip filter}: they take the
 * place of the policy for these bridges and of nothing else. Whatever the chain's other rules say, they say it before; and
 * what may reach a bridge is still decided in the engine's own table. Where the policy is to accept there are none. The
 * policy itself is never touched.
 *
 * <p>O(chains of that table), and O(rules of that chain) where it drops by policy. For tasks of the writer, one at a time.
 */
final class ForwardPasses {
    private static final TableId TABLE = new TableId(Family.IP, "filter");
    private static final String CHAIN = "FORWARD";
    /** What tells the rules from those of others; the program shows it as a comment. */
    private static final String COMMENT = "bailey";

    private final NftablesConnection nftables;
    private List<InterfaceName> bridges = List.of();
    /** Whether the chain may have rules of ours; who had the socket before may have left some. */
    private boolean mayHaveRules = true;

    ForwardPasses(NftablesConnection nftables) {
        this.nftables = nftables;
    }

    /** Brings the rules to those of some bridges. */
    void commit(Set<InterfaceName> wanted) throws IOException {
        bridges = wanted.stream()
                .sorted(Comparator.comparing(InterfaceName::value))
                .toList();
        for (int attempt = 0; attempt < NftablesConnection.MAX_READ_ATTEMPTS; attempt++) {
            int generation = nftables.generation().id();
            Batch batch = change();
            if (batch.isEmpty() || nftables.commitIfUnchanged(batch, generation)) {
                return;
            }
        }
        throw new IOException("let bridges pass chain " + CHAIN + ": the rule set changed again and again");
    }

    /** What is not as it was committed, in a few words. */
    Optional<String> broken() throws IOException {
        return change().isEmpty()
                ? Optional.empty()
                : Optional.of("chain " + CHAIN + " of table " + TABLE + " had not the rules for its policy");
    }

    /** Takes the rules away. */
    void remove() throws IOException {
        commit(Set.of());
    }

    /** Whether a change by others may have made the rules necessary, or needless, or taken them away. */
    static boolean matters(Change change) {
        return change.table().equals(TABLE)
                && switch (change) {
                    case Change.ChainAdded(var chain) -> chain.name().equals(CHAIN);
                    case Change.RuleAdded(var installed) ->
                        installed.rule().chain().equals(CHAIN);
                    case Change.RuleRemoved removed -> removed.chain().equals(CHAIN);
                    case Change.TableAdded _,
                            Change.TableRemoved _,
                            Change.ChainRemoved _,
                            Change.SetAdded _,
                            Change.SetRemoved _,
                            Change.ElementAdded _,
                            Change.ElementRemoved _ -> false;
                };
    }

    private Batch change() throws IOException {
        List<Rule> wanted = dropsByPolicy() ? rules() : List.of();
        Batch batch = new Batch();
        if (wanted.isEmpty() && !mayHaveRules) {
            return batch;
        }
        List<InstalledRule> there = nftables.rules(TABLE, CHAIN);
        List<InstalledRule> ours = there.stream().filter(ForwardPasses::isOurs).toList();
        mayHaveRules = !wanted.isEmpty() || !ours.isEmpty();
        if (ours.size() == wanted.size() && endsWith(there, wanted)) {
            return batch;
        }
        ours.forEach(rule -> batch.deleteRule(TABLE, CHAIN, rule.handle()));
        wanted.forEach(batch::add);
        return batch;
    }

    private boolean dropsByPolicy() throws IOException {
        return nftables.chains(TABLE).stream()
                .filter(chain -> chain.name().equals(CHAIN))
                .flatMap(chain -> chain.hook().stream())
                .anyMatch(ForwardPasses::dropsByPolicy);
    }

    private static boolean dropsByPolicy(Hook hook) {
        return hook.point() == HookPoint.FORWARD && hook.policy() == Policy.DROP;
    }

    private List<Rule> rules() {
        return bridges.stream()
                .flatMap(bridge -> Stream.of(Matches.iifname(bridge.value()), Matches.oifname(bridge.value())))
                .map(match -> Rule.of(TABLE, CHAIN, List.of(match, Statements.counter(), Statements.accept()))
                        .withComment(COMMENT))
                .toList();
    }

    private static boolean isOurs(InstalledRule rule) {
        return rule.rule().comment().filter(COMMENT::equals).isPresent();
    }

    private static boolean endsWith(List<InstalledRule> there, List<Rule> wanted) {
        return there.stream()
                .skip(Math.max(0, there.size() - wanted.size()))
                .map(rule -> rule.rule().withZeroCounters())
                .toList()
                .equals(wanted);
    }
}
