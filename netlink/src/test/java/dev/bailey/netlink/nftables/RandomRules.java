package dev.bailey.netlink.nftables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Makes valid rules, sets and elements at random, all from one seed. */
final class RandomRules {
    private final Random random;
    private final List<Supplier<Expression>> kinds = List.of(
            this::bitwise,
            () -> new ByteOrderSwap(register(), register(), flip(), 1 + below(16), flip() ? 2 : 4),
            () -> new Compare(register(), any(CompareOperator.values()), value(1 + below(16))),
            this::compareRange,
            () -> new Counter(Math.abs(number()), Math.abs(number())),
            this::ctLoad,
            () -> new CtSet(any(CtKey.values()), register()),
            () -> new Fib(any(Fib.Result.values()), some(Fib.Flag.class), register()),
            () -> flip() ? Immediate.of(verdict()) : new Immediate(register(), value(1 + below(16))),
            () -> new Limit(1 + below(1000), 1 + below(1000), below(100), any(Limit.Measure.values()), flip()),
            this::lookup,
            () -> new Masquerade(some(NatFlag.class), range()),
            () -> new MetaLoad(any(MetaKey.values()), register()),
            () -> new MetaSet(any(MetaKey.values()), register()),
            () -> new Nat(
                    any(Nat.Kind.values()), flip() ? Family.IP : Family.IP6, range(), range(), some(NatFlag.class)),
            () -> new Payload(any(Payload.Base.values()), below(200), 1 + below(16), register()),
            () -> new Redirect(some(NatFlag.class), range()),
            this::reject,
            () -> new UnknownExpression("strange" + below(10), value(4 * below(10))));

    RandomRules(long seed) {
        random = new Random(seed);
    }

    int kinds() {
        return kinds.size();
    }

    /** An expression of the kind with that number. */
    Expression expression(int kind) {
        return kinds.get(kind).get();
    }

    Rule rule() {
        List<Expression> expressions = new ArrayList<>();
        for (int i = below(12); i > 0; i--) {
            expressions.add(expression(below(kinds.size())));
        }
        return new Rule(NftObjects.TABLE, "c" + below(10), expressions, comment());
    }

    SetOrMap set() {
        ValueType key = type();
        Set<SetFlag> flags = flip() && key.fields().stream().noneMatch(f -> f.hostOrder() && f.lengthBytes() > 1)
                ? Set.of(SetFlag.INTERVAL)
                : some(SetFlag.class);
        if (flip()) {
            return new SetDefinition(NftObjects.TABLE, "s" + below(10), key, flags, comment());
        }
        MapData data = flip() ? MapData.VERDICTS : new MapData.Values(type());
        return new MapDefinition(NftObjects.TABLE, "m" + below(10), key, data, flags, comment());
    }

    /** Disjoint elements that fit the set. */
    List<Element> elements(SetOrMap set) {
        List<Element> elements = new ArrayList<>();
        Value[] keys = new Value[below(20)];
        Arrays.setAll(keys, i -> key(set.key()));
        List<Value> sorted = Arrays.stream(keys).distinct().sorted().toList();
        boolean ranges = set.isInterval() && !set.key().isConcatenation();
        for (int i = 0; i + 1 < sorted.size(); i += ranges ? 2 : 1) {
            Optional<Value> last = ranges && flip() ? Optional.of(sorted.get(i + 1)) : Optional.empty();
            elements.add(new Element(sorted.get(i), last, data(set), comment()));
        }
        return elements;
    }

    private Value key(ValueType type) {
        Value[] fields = type.fields().stream().map(f -> value(f.lengthBytes())).toArray(Value[]::new);
        return fields.length == 1 ? fields[0] : Value.concat(fields);
    }

    private Optional<Data> data(SetOrMap set) {
        return set.mapData().map(data -> data instanceof MapData.Values values ? key(values.type()) : verdict());
    }

    private ValueType type() {
        FieldType[] all = {FieldType.IPV4, FieldType.PROTOCOL, FieldType.PORT, FieldType.MARK, FieldType.ETHER};
        FieldType[] fields = new FieldType[1 + below(3)];
        Arrays.setAll(fields, i -> any(all));
        return ValueType.of(fields);
    }

    private Bitwise bitwise() {
        int length = 1 + below(16);
        return new Bitwise(register(), register(), value(length), value(length));
    }

    private CompareRange compareRange() {
        int length = 1 + below(16);
        return new CompareRange(register(), flip(), value(length), value(length));
    }

    private CtLoad ctLoad() {
        CtKey key = any(CtKey.values());
        Optional<CtDirection> direction =
                key.needsDirection() ? Optional.of(any(CtDirection.values())) : Optional.empty();
        return new CtLoad(key, direction, register());
    }

    private Lookup lookup() {
        Optional<Register> destination =
                below(3) == 0 ? Optional.of(Register.VERDICT) : flip() ? Optional.of(register()) : Optional.empty();
        return new Lookup("s" + below(100), register(), destination, destination.isEmpty() && flip());
    }

    private Reject reject() {
        Reject.Kind kind = any(Reject.Kind.values());
        return new Reject(kind, kind == Reject.Kind.TCP_RESET ? 0 : below(16));
    }

    private Verdict verdict() {
        return any(
                Verdict.ACCEPT,
                Verdict.DROP,
                Verdict.CONTINUE,
                Verdict.RETURN,
                Verdict.jump("c" + below(10)),
                Verdict.goTo("c" + below(10)));
    }

    private Optional<RegisterRange> range() {
        return flip() ? Optional.empty() : Optional.of(RegisterRange.of(register(), register()));
    }

    private Register register() {
        return new Register(below(16));
    }

    private Optional<String> comment() {
        return flip() ? Optional.empty() : Optional.of("x".repeat(below(Check.MAX_COMMENT_BYTES)));
    }

    private Value value(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Value.of(bytes);
    }

    private <E extends Enum<E>> Set<E> some(Class<E> type) {
        Set<E> set = EnumSet.allOf(type);
        set.removeIf(e -> flip());
        return set;
    }

    @SafeVarargs
    private <T> T any(T... all) {
        return all[below(all.length)];
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private long number() {
        return random.nextLong();
    }
}
