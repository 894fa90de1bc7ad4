package dev.bailey.netlink.nftables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes a rule as nft does, by walking its expressions and keeping in mind what each register holds.
 *
 * <p>Like nft it leaves out the tests that a later match implies: {@code tcp dport 80} says that it is TCP.
 */
final class RuleText {
    private final Family family;
    private final UnaryOperator<String> setReference;
    private final List<String> parts = new ArrayList<>();
    private final TreeMap<Integer, Operand> registers = new TreeMap<>();
    private final PacketKnowledge known;
    private Optional<Compare> lowerBound = Optional.empty();

    private RuleText(Family family, UnaryOperator<String> setReference) {
        this.family = family;
        this.setReference = setReference;
        this.known = new PacketKnowledge(family);
    }

    /**
     * The rule in one line.
     *
     * @param setReference gives the text for a set's name: {@code @name}, or the elements of one without a name
     */
    static String of(Rule rule, UnaryOperator<String> setReference) {
        RuleText text = new RuleText(rule.table().family(), setReference);
        rule.expressions().forEach(text::visit);
        rule.comment().ifPresent(c -> text.parts.add("comment " + ValueText.quote(c)));
        String line = text.parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        return ValueText.harmless(line);
    }

    private void visit(Expression expression) {
        Optional<Compare> previousBound = lowerBound;
        lowerBound = Optional.empty();
        switch (expression) {
            case MetaLoad meta ->
                hold(
                        meta.destination(),
                        Operand.of(meta.key().text(), meta.key().type()));
            case MetaSet meta -> assign(meta.key().text(), meta.key().type(), meta.source());
            case CtLoad ct -> hold(ct.destination(), ctOperand(ct));
            case CtSet ct -> assign("ct " + ct.key().text(), ct.key().type(), ct.source());
            case Payload payload -> hold(payload.destination(), payload(payload));
            case Fib fib -> hold(fib.destination(), fibOperand(fib));
            case Bitwise bitwise ->
                hold(bitwise.destination(), take(bitwise.source()).masked(bitwise.mask(), bitwise.xor()));
            case ByteOrderSwap swap -> hold(swap.destination(), take(swap.source()));
            case Immediate immediate -> immediate(immediate);
            case Compare compare -> compare(compare, previousBound);
            case CompareRange range -> parts.add(take(range.source()).range(range));
            case Lookup lookup -> lookup(lookup);
            case Nat nat -> nat(nat);
            case Masquerade masquerade ->
                parts.add("masquerade" + NatText.toPorts(masquerade.ports(), masquerade.flags(), this::take));
            case Redirect redirect ->
                parts.add("redirect" + NatText.toPorts(redirect.ports(), redirect.flags(), this::take));
            case Counter counter -> parts.add("counter packets " + counter.packets() + " bytes " + counter.bytes());
            case Limit limit -> parts.add(LimitText.of(limit));
            case Reject reject -> reject(reject);
            case UnknownExpression unknown -> parts.add("<" + unknown.kernelName() + ">");
        }
    }

    private void immediate(Immediate immediate) {
        switch (immediate.data()) {
            case Value value -> hold(immediate.destination(), Operand.constant(value));
            case Verdict verdict -> parts.add(ValueText.of(verdict));
        }
    }

    private void hold(Register register, Operand operand) {
        registers.put(register.word(), operand);
    }

    /** What a register holds, marked as used so that a later concatenation does not begin with it. */
    private Operand take(Register register) {
        Operand operand = registers.getOrDefault(register.word(), Operand.UNKNOWN);
        registers.put(register.word(), operand.used());
        return operand;
    }

    private void assign(String target, FieldType type, Register from) {
        parts.add(target + " set " + take(from).textAs(type));
    }

    private Operand payload(Payload payload) {
        PayloadText.Field field = PayloadText.of(payload, known);
        known.testsOf(payload.base(), field.implied()).forEach(index -> parts.set(index, ""));
        return Operand.of(field.text(), field.type());
    }

    private void compare(Compare compare, Optional<Compare> previousBound) {
        Operand operand = take(compare.source());
        boolean closes = compare.operator() == CompareOperator.LESS_OR_EQUAL
                && previousBound
                        .filter(p -> p.source().equals(compare.source()))
                        .isPresent();
        if (closes) {
            Value first = previousBound.orElseThrow().value();
            parts.set(
                    parts.size() - 1, operand.range(new CompareRange(compare.source(), true, first, compare.value())));
            return;
        }
        if (compare.operator() == CompareOperator.GREATER_OR_EQUAL) {
            lowerBound = Optional.of(compare);
        }
        known.learn(operand.text(), compare, parts.size());
        parts.add(operand.compared(compare));
    }

    private void lookup(Lookup lookup) {
        String key = concatenation(lookup.source());
        String set = setReference.apply(lookup.set());
        if (lookup.destination().isEmpty()) {
            parts.add(key + (lookup.inverted() ? " != " : " ") + set);
        } else if (lookup.destination().get().equals(Register.VERDICT)) {
            parts.add(key + " vmap " + set);
        } else {
            hold(lookup.destination().get(), Operand.of(key + " map " + set, Operand.UNKNOWN.type()));
        }
    }

    /** The operands that lie unused side by side from a register on. */
    private String concatenation(Register from) {
        List<String> fields = new ArrayList<>();
        Register register = from;
        while (register.word() < 16 && (fields.isEmpty() || isFresh(register))) {
            Operand operand = take(register);
            fields.add(operand.text());
            if (operand.type().lengthBytes() == 0
                    || register.word() * 4 + operand.type().lengthBytes() > 60) {
                break;
            }
            register = register.after(operand.type().lengthBytes());
        }
        return String.join(" . ", fields);
    }

    private boolean isFresh(Register register) {
        Operand operand = registers.get(register.word());
        return operand != null && !operand.isUsed();
    }

    private void nat(Nat nat) {
        FieldType type = nat.family() == Family.IP ? FieldType.IPV4 : FieldType.IPV6;
        String ofFamily = family == Family.INET ? " " + nat.family().keyword() : "";
        String address =
                nat.addresses().map(r -> NatText.range(r, type, this::take)).orElse("");
        String port = nat.ports()
                .filter(r -> registers.containsKey(r.first().word()) && isFresh(r.first()))
                .map(r -> ":" + NatText.range(r, FieldType.PORT, this::take))
                .orElse("");
        String kind = nat.kind() == Nat.Kind.SNAT ? "snat" : "dnat";
        parts.add(kind + ofFamily + " to " + address + port + NatText.flags(nat.flags()));
    }

    private void reject(Reject reject) {
        if (reject.kind() == Reject.Kind.ICMP) {
            known.networkTest().ifPresent(index -> parts.set(index, ""));
        }
        parts.add(RejectText.of(reject, known.isIpv6()));
    }

    private static Operand ctOperand(CtLoad ct) {
        String direction = ct.direction().map(d -> d.keyword() + " ").orElse("");
        return Operand.of("ct " + direction + ct.key().text(), ct.key().type());
    }

    private static Operand fibOperand(Fib fib) {
        String of = Arrays.stream(Fib.Flag.values())
                .filter(f -> f != Fib.Flag.PRESENT && fib.flags().contains(f))
                .map(Fib.Flag::keyword)
                .collect(Collectors.joining(" . "));
        FieldType type = fib.flags().contains(Fib.Flag.PRESENT)
                ? NumberText.EXISTS
                : fib.result().type();
        return Operand.of("fib " + of + " " + fib.result().keyword(), type);
    }
}
