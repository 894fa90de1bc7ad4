package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Bitwise;
import dev.bailey.netlink.nftables.ByteOrderSwap;
import dev.bailey.netlink.nftables.Compare;
import dev.bailey.netlink.nftables.CompareOperator;
import dev.bailey.netlink.nftables.CompareRange;
import dev.bailey.netlink.nftables.Counter;
import dev.bailey.netlink.nftables.CtLoad;
import dev.bailey.netlink.nftables.CtSet;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Fib;
import dev.bailey.netlink.nftables.Immediate;
import dev.bailey.netlink.nftables.Limit;
import dev.bailey.netlink.nftables.Lookup;
import dev.bailey.netlink.nftables.Masquerade;
import dev.bailey.netlink.nftables.MetaLoad;
import dev.bailey.netlink.nftables.MetaSet;
import dev.bailey.netlink.nftables.Nat;
import dev.bailey.netlink.nftables.NftText;
import dev.bailey.netlink.nftables.Payload;
import dev.bailey.netlink.nftables.Redirect;
import dev.bailey.netlink.nftables.Reject;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.UnknownExpression;
import dev.bailey.netlink.nftables.Value;
import dev.bailey.netlink.nftables.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that a rule of nf_tables is in iptables' notation: one, or, where it looks something up in a map, one for each of the
 * map's elements.
 *
 * <p>It walks the rule's expressions and keeps in mind what the registers hold. What iptables has no notation for is written
 * as nft does; expressions that Bailey does not know as {@code <name>}, by the kernel's name for them.
 */
final class RuleRows {
    private final Rule rule;
    private final Map<String, SetContent> sets;
    private final List<Draft> rows = new ArrayList<>();

    private RuleRows(Rule rule, Map<String, SetContent> sets) {
        this.rule = rule;
        this.sets = sets;
    }

    /**
     * The rows of a rule, O(elements of the maps that it looks up in).
     *
     * @param sets the maps and the nameless sets of its table that it refers to, by name
     */
    static List<Draft> of(Rule rule, Map<String, SetContent> sets) {
        RuleRows walk = new RuleRows(rule, sets);
        walk.walk(0, new Draft(rule.table().family()), new Registers());
        return walk.rows;
    }

    private void walk(int from, Draft draft, Registers registers) {
        List<Expression> expressions = rule.expressions();
        for (int i = from; i < expressions.size(); i++) {
            Expression expression = expressions.get(i);
            Optional<SetContent> map = expression instanceof Lookup lookup ? mapOf(lookup) : Optional.empty();
            if (map.isPresent()) {
                branch(i, (Lookup) expression, map.get(), draft, registers);
                return;
            }
            Optional<CompareRange> range =
                    i + 1 < expressions.size() ? range(expression, expressions.get(i + 1)) : Optional.empty();
            step(range.<Expression>map(both -> both).orElse(expression), draft, registers);
            i += range.isPresent() ? 1 : 0;
        }
        rule.comment().ifPresent(comment -> draft.detail("/* " + comment + " */"));
        rows.add(draft);
    }

    private Optional<SetContent> mapOf(Lookup lookup) {
        return lookup.destination().isPresent() ? Optional.ofNullable(sets.get(lookup.set())) : Optional.empty();
    }

    /** nft writes a range as two comparisons. */
    private static Optional<CompareRange> range(Expression one, Expression other) {
        boolean isRange = one instanceof Compare low
                && other instanceof Compare high
                && low.operator() == CompareOperator.GREATER_OR_EQUAL
                && high.operator() == CompareOperator.LESS_OR_EQUAL
                && low.source().equals(high.source())
                && low.value().length() == high.value().length();
        return isRange && one instanceof Compare from && other instanceof Compare to
                ? Optional.of(new CompareRange(from.source(), true, from.value(), to.value()))
                : Optional.empty();
    }

    private void branch(int at, Lookup lookup, SetContent map, Draft draft, Registers registers) {
        MapRows.of(lookup, map, registers, subject(lookup, registers)).forEach(row -> {
            if (row.contradicts(draft)) {
                return;
            }
            Draft copy = draft.copy();
            Registers held = registers.copy();
            row.describe(conditions(copy), copy);
            switch (row.data()) {
                case Verdict verdict -> {
                    decide(verdict, copy);
                    rows.add(copy);
                }
                case Value value -> {
                    held.hold(lookup.destination().orElseThrow(), new Constant(value, List.of(lookup)));
                    walk(at + 1, copy, held);
                }
            }
        });
    }

    /** What is looked up: nft writes {@code subject vmap @name} or, once it is used, {@code subject map @name}. */
    private String subject(Lookup lookup, Registers registers) {
        List<Expression> all = new ArrayList<>(registers.origins());
        all.add(new Lookup(lookup.set(), lookup.source(), Optional.empty(), false));
        return inNftWords(all).replace(" @" + lookup.set(), "");
    }

    private Conditions conditions(Draft draft) {
        return new Conditions(draft, this::inNftWords);
    }

    private void step(Expression expression, Draft draft, Registers registers) {
        switch (expression) {
            case MetaLoad meta -> registers.hold(meta.destination(), Field.of(meta));
            case CtLoad ct -> registers.hold(ct.destination(), Field.of(ct));
            case Fib fib -> registers.hold(fib.destination(), Field.of(fib));
            case Payload payload -> registers.hold(payload.destination(), Field.of(payload, draft.family));
            case Bitwise bitwise -> registers.mask(bitwise);
            case ByteOrderSwap swap -> registers.swap(swap.source(), swap.destination(), swap);
            case Immediate immediate -> immediate(immediate, draft, registers);
            case Compare compare -> conditions(draft).compare(registers.field(compare.source()), compare);
            case CompareRange range -> between(range, draft, registers);
            case Lookup lookup -> lookup(lookup, draft, registers);
            case Counter counter -> draft.count(counter);
            case Nat nat -> Translations.of(nat, draft, registers);
            case Masquerade masquerade -> Translations.of(masquerade, draft, registers);
            case Redirect redirect -> Translations.of(redirect, draft, registers);
            case Reject reject -> {
                draft.decide("REJECT");
                draft.detail(inNftWords(List.of(reject)));
            }
            case MetaSet set ->
                draft.detail(inNftWords(registers
                        .field(set.source())
                        .after(set, Optional.empty())
                        .origin()));
            case CtSet set ->
                draft.detail(inNftWords(registers
                        .field(set.source())
                        .after(set, Optional.empty())
                        .origin()));
            case Limit limit -> draft.condition(inNftWords(List.of(limit)));
            case UnknownExpression unknown -> Extensions.of(unknown, draft);
        }
    }

    private void immediate(Immediate immediate, Draft draft, Registers registers) {
        switch (immediate.data()) {
            case Verdict verdict -> decide(verdict, draft);
            case Value value -> registers.hold(immediate.destination(), new Constant(value, List.of(immediate)));
        }
    }

    private void between(CompareRange range, Draft draft, Registers registers) {
        Field field = registers.field(range.source());
        if (!conditions(draft).isBetween(field, range.first(), range.last(), !range.inside())) {
            draft.condition(inNftWords(field.after(range, field.mask()).origin()));
        }
    }

    /** A set is a condition with a name; that of one without a name is what is in it. */
    private void lookup(Lookup lookup, Draft draft, Registers registers) {
        List<Expression> all = new ArrayList<>(registers.origins());
        all.add(lookup);
        String text = inNftWords(all);
        SetContent nameless = sets.get(lookup.set());
        draft.condition(
                nameless == null ? text : text.replace("@" + lookup.set(), "{ " + MapRows.elements(nameless) + " }"));
    }

    private static void decide(Verdict verdict, Draft draft) {
        switch (verdict) {
            case Verdict.Accept _ -> draft.decide("ACCEPT");
            case Verdict.Drop _ -> draft.decide("DROP");
            case Verdict.Return _ -> draft.decide("RETURN");
            case Verdict.Continue _ -> draft.decide("");
            case Verdict.Jump(String chain) -> draft.send(chain, false);
            case Verdict.Goto(String chain) -> draft.send(chain, true);
            case Verdict.Other(int code) -> draft.decide((code & 0xff) == 3 ? "NFQUEUE" : "verdict " + code);
        }
    }

    private String inNftWords(List<Expression> part) {
        return NftText.of(new Rule(rule.table(), rule.chain(), part, Optional.empty()));
    }
}
