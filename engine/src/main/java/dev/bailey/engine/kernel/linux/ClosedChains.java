package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.view.ClosedChain;
import dev.bailey.engine.view.ClosedChain.Author;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.Compare;
import dev.bailey.netlink.nftables.CompareOperator;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.Immediate;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.MetaKey;
import dev.bailey.netlink.nftables.MetaLoad;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.TableFlag;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.Value;
import dev.bailey.netlink.nftables.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the chains of others in nf_tables that refuse packets that pass through.
 *
 * <p>A new packet that came in by a bridge is led through them: rules that decide on every packet count, and those that look at
 * that link alone. Whatever asks for more is passed over, as it is for some packets only. O(chains, and rules of the tables
 * with such a hook, for each bridge).
 */
final class ClosedChains {
    /** As deep as nf_tables lets chains be nested ({@code NFT_JUMP_STACK_SIZE}, net/netfilter/nf_tables.h). */
    private static final int MAX_DEPTH = 16;

    private static final Set<TableId> OURS =
            Set.of(RuleCompiler.id(FirewallRules.TABLE), RuleCompiler.id(FirewallRules.OPERATOR_TABLE));

    private static final Set<Family> FAMILIES = Set.of(Family.IP, Family.IP6, Family.INET);

    private final TableId table;
    private final Map<String, List<Rule>> rules;

    private ClosedChains(TableId table, List<InstalledRule> rules) {
        this.table = table;
        this.rules = rules.stream().map(InstalledRule::rule).collect(Collectors.groupingBy(Rule::chain));
    }

    /** What becomes of a packet in a chain. */
    private sealed interface Fate {
        /** A rule accepts it. */
        record Accepted() implements Fate {}

        /** A rule of a chain refuses it. */
        record Refused(String chain) implements Fate {}

        /** No rule decides on it. */
        record Undecided() implements Fate {}
    }

    /** Those that there are, and which of some bridges they let pass. */
    static List<ClosedChain> read(Set<InterfaceName> bridges) throws IOException {
        try (NftablesConnection nftables = NftablesConnection.open()) {
            Set<TableId> hookedIn = nftables.tables().stream()
                    .filter(each -> !each.table().flags().contains(TableFlag.DORMANT))
                    .map(each -> each.table().id())
                    .collect(Collectors.toSet());
            Map<TableId, ClosedChains> tables = new HashMap<>();
            List<ClosedChain> closed = new ArrayList<>();
            for (Chain chain : nftables.chains()) {
                if (hookedIn.contains(chain.table()) && filtersForwarded(chain)) {
                    ClosedChains table = tables.get(chain.table());
                    if (table == null) {
                        table = new ClosedChains(chain.table(), nftables.rules(chain.table()));
                        tables.put(chain.table(), table);
                    }
                    table.closed(chain, bridges).ifPresent(closed::add);
                }
            }
            return closed;
        }
    }

    private static boolean filtersForwarded(Chain chain) {
        return FAMILIES.contains(chain.table().family())
                && !OURS.contains(chain.table())
                && chain.hook()
                        .filter(hook -> hook.type() == ChainType.FILTER && hook.point() == HookPoint.FORWARD)
                        .isPresent();
    }

    private Optional<ClosedChain> closed(Chain chain, Set<InterfaceName> bridges) {
        boolean drops =
                chain.hook().filter(hook -> hook.policy() == Policy.DROP).isPresent();
        Optional<String> refusal = switch (fate(chain.name(), "", 0)) {
            case Fate.Accepted() -> Optional.empty();
            case Fate.Refused(String by) -> Optional.of(by.equals(chain.name()) ? "a rule" : "chain " + by);
            case Fate.Undecided() -> drops ? Optional.of("its policy") : Optional.empty();
        };
        return refusal.map(by -> new ClosedChain(
                table.family().keyword(),
                table.name(),
                chain.name(),
                by,
                author(chain.name(), by),
                bridges.stream()
                        .filter(bridge -> isPassed(chain, bridge, drops))
                        .map(InterfaceName::value)
                        .collect(Collectors.toSet())));
    }

    private boolean isPassed(Chain chain, InterfaceName bridge, boolean drops) {
        return switch (fate(chain.name(), bridge.value(), 0)) {
            case Fate.Accepted() -> true;
            case Fate.Refused _ -> false;
            case Fate.Undecided() -> !drops;
        };
    }

    private Fate fate(String chain, String cameIn, int depth) {
        for (Rule rule : rules.getOrDefault(chain, List.of())) {
            List<Expression> does = doesTo(cameIn, rule);
            if (ForwardPlace.refuses(does)) {
                return new Fate.Refused(chain);
            }
            if (does.equals(List.of(Immediate.of(Verdict.ACCEPT)))) {
                return new Fate.Accepted();
            }
            if (does.equals(List.of(Immediate.of(Verdict.RETURN)))) {
                return new Fate.Undecided();
            }
            Optional<String> next = ForwardPlace.target(does);
            if (next.isPresent() && depth < MAX_DEPTH) {
                Fate fate = fate(next.get(), cameIn, depth + 1);
                if (!(fate instanceof Fate.Undecided) || isGoto(does)) {
                    return fate;
                }
            }
        }
        return new Fate.Undecided();
    }

    private static boolean isGoto(List<Expression> does) {
        return does.getFirst() instanceof Immediate(var _, Verdict.Goto _);
    }

    /** What a rule does to the packet, without the question for its link. */
    private static List<Expression> doesTo(String cameIn, Rule rule) {
        List<Expression> does = ForwardPlace.does(rule);
        boolean asks = does.size() > 2
                && does.getFirst() instanceof MetaLoad(MetaKey key, var _)
                && key == MetaKey.IIFNAME
                && does.get(1) instanceof Compare(var _, CompareOperator operator, Value name)
                && operator == CompareOperator.EQUAL
                && isNamed(cameIn, name.toByteArray());
        return asks ? does.subList(2, does.size()) : does;
    }

    /** A name that ends with a zero byte is a whole one, of whatever length; without one it is a beginning. */
    private static boolean isNamed(String link, byte[] wanted) {
        String text = new String(wanted, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return !link.isEmpty() && (end < 0 ? link.startsWith(text) : link.equals(text.substring(0, end)));
    }

    private Author author(String chain, String refusal) {
        if (table.name().equals("firewalld")) {
            return Author.FIREWALLD;
        }
        boolean iptables = table.family() != Family.INET && table.name().equals("filter") && chain.equals("FORWARD");
        boolean ufw = rules.containsKey("ufw-before-forward") || rules.containsKey("ufw6-before-forward");
        boolean docker = rules.containsKey("DOCKER-USER");
        if (!iptables) {
            return Author.NFTABLES;
        }
        if (refusal.startsWith("chain ufw") || ufw && !docker) {
            return Author.UFW;
        }
        return docker ? Author.DOCKER : Author.IPTABLES;
    }
}
