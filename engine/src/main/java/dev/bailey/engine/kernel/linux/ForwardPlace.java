package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.nftables.Counter;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.Immediate;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.InstalledTable;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.NftablesEvent.Change;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Reject;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.TableFlag;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.UnknownExpression;
import dev.bailey.netlink.nftables.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where others refuse what none of their rules accepts, and rules of the engine's can take that refusal's place. */
enum ForwardPlace {
    /**
     * The chain of iptables, as Docker, ufw and operators use it: its policy drops. Whoever appends a rule that refuses
     * everything means it; that one stands.
     */
    IPTABLES(new TableId(Family.IP, "filter")),
    /** The same of ip6tables. */
    IP6TABLES(new TableId(Family.IP6, "filter")),
    /**
     * The zone of firewalld for links that are in none, as the engine's bridges are until somebody puts them into one: its
     * last rule refuses. Whatever somebody told firewalld to do with packets that pass stands in chains that the rules
     * before that one jump to.
     */
    FIREWALLD(new TableId(Family.INET, "firewalld"));

    private static final String FORWARD = "FORWARD";
    /** Leads each link's packets to the chain of its zone, and in the end all others to that of the default one. */
    private static final String ZONES = "filter_FORWARD_ZONES";

    private static final String ZONE = "filter_FWD_";
    /** {@code NFTA_TARGET_NAME} of linux/netfilter/nf_tables_compat.h. */
    private static final int TARGET_NAME = 1;

    private final TableId table;

    ForwardPlace(TableId table) {
        this.table = table;
    }

    TableId table() {
        return table;
    }

    /** Whether bridges of a backend need it; with iptables the engine has a chain of its own at the end of iptables'. */
    boolean isFor(FirewallBackend backend) {
        return switch (this) {
            case IPTABLES, IP6TABLES -> backend == FirewallBackend.NFTABLES;
            case FIREWALLD -> true;
        };
    }

    /** Whether a change by others may concern it. */
    boolean matters(Change change) {
        return change.table().equals(table)
                && switch (change) {
                    case Change.ChainAdded(var chain) -> isNear(chain.name());
                    case Change.RuleAdded(var installed) ->
                        isNear(installed.rule().chain());
                    case Change.RuleRemoved removed -> isNear(removed.chain());
                    case Change.TableAdded _,
                            Change.TableRemoved _,
                            Change.ChainRemoved _,
                            Change.SetAdded _,
                            Change.SetRemoved _,
                            Change.ElementAdded _,
                            Change.ElementRemoved _ -> false;
                };
    }

    private boolean isNear(String chain) {
        return switch (this) {
            case IPTABLES, IP6TABLES -> chain.equals(FORWARD);
            case FIREWALLD -> chain.equals(ZONES) || chain.startsWith(ZONE);
        };
    }

    /** The rules among which the engine's may be; with firewalld all of its table, for the default zone may have changed. */
    List<InstalledRule> rules(NftablesConnection nftables) throws IOException {
        return switch (this) {
            case IPTABLES, IP6TABLES -> nftables.rules(table, FORWARD);
            case FIREWALLD -> nftables.rules(table);
        };
    }

    /**
     * Where rules of the engine's belong.
     *
     * @param chain the chain
     * @param before the rule that they stand before; empty for the chain's end
     */
    record Spot(String chain, Optional<InstalledRule> before) {}

    /**
     * Where rules are needed; empty where nothing is refused, or where nobody else may write.
     *
     * @param others the rules of others
     */
    Optional<Spot> spot(NftablesConnection nftables, List<InstalledRule> others) throws IOException {
        return switch (this) {
            case IPTABLES, IP6TABLES ->
                dropsByPolicy(nftables) ? Optional.of(new Spot(FORWARD, Optional.empty())) : Optional.empty();
            case FIREWALLD -> {
                Optional<Spot> refusal = endOfDefaultZone(others);
                yield refusal.isPresent() && isOwned(nftables) ? Optional.empty() : refusal;
            }
        };
    }

    private boolean dropsByPolicy(NftablesConnection nftables) throws IOException {
        return nftables.chains(table).stream()
                .filter(each -> each.name().equals(FORWARD))
                .flatMap(each -> each.hook().stream())
                .anyMatch(ForwardPlace::dropsByPolicy);
    }

    private static boolean dropsByPolicy(Hook hook) {
        return hook.point() == HookPoint.FORWARD && hook.policy() == Policy.DROP;
    }

    private static Optional<Spot> endOfDefaultZone(List<InstalledRule> others) {
        return last(others, ZONES)
                .flatMap(rule -> target(does(rule.rule())))
                .flatMap(zone -> last(others, zone))
                .filter(rule -> refuses(does(rule.rule())))
                .map(refusal -> new Spot(refusal.rule().chain(), Optional.of(refusal)));
    }

    private static Optional<InstalledRule> last(List<InstalledRule> rules, String chain) {
        return rules.stream().filter(rule -> rule.rule().chain().equals(chain)).reduce((_, later) -> later);
    }

    /** What a rule does, apart from counting. */
    static List<Expression> does(Rule rule) {
        return rule.expressions().stream()
                .filter(each -> !(each instanceof Counter))
                .toList();
    }

    /** Whether this is to drop or reject whatever comes. */
    static boolean refuses(List<Expression> does) {
        return does.size() == 1
                && switch (does.getFirst()) {
                    case Reject _ -> true;
                    case Immediate verdict -> verdict.equals(Immediate.of(Verdict.DROP));
                    case UnknownExpression other -> isRejectOfIptables(other);
                    default -> false;
                };
    }

    /** {@code iptables-nft} puts the target of iptables itself into the rule. */
    private static boolean isRejectOfIptables(UnknownExpression expression) {
        return expression.kernelName().equals("target")
                && Attributes.parse(expression.attributes().toByteArray())
                        .string(TARGET_NAME)
                        .filter("REJECT"::equals)
                        .isPresent();
    }

    /** The chain that this leads whatever comes to. */
    static Optional<String> target(List<Expression> does) {
        if (does.size() != 1 || !(does.getFirst() instanceof Immediate(var _, Verdict verdict))) {
            return Optional.empty();
        }
        return switch (verdict) {
            case Verdict.Jump(String chain) -> Optional.of(chain);
            case Verdict.Goto(String chain) -> Optional.of(chain);
            case Verdict.Accept _, Verdict.Drop _, Verdict.Continue _, Verdict.Return _, Verdict.Other _ ->
                Optional.empty();
        };
    }

    /** From version 2 on firewalld may own its table, and then nobody else can write there. */
    private boolean isOwned(NftablesConnection nftables) throws IOException {
        return nftables.table(table)
                .map(InstalledTable::table)
                .filter(found -> found.flags().contains(TableFlag.OWNER))
                .isPresent();
    }
}
