package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Bitwise;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Register;
import dev.bailey.netlink.nftables.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the registers hold while a rule is walked. */
final class Registers {
    private static final int WORD = 4;
    private static final Field UNKNOWN = new Field(Field.Kind.OTHER, 0, Optional.empty(), List.of());

    private final TreeMap<Integer, Loaded> words;

    Registers() {
        this(new TreeMap<>());
    }

    private Registers(TreeMap<Integer, Loaded> words) {
        this.words = words;
    }

    Registers copy() {
        return new Registers(new TreeMap<>(words));
    }

    /** What is loaded takes the place of all that lay where it lies now. */
    void hold(Register register, Loaded loaded) {
        int bytes = switch (loaded) {
            case Constant constant -> constant.value().length();
            case Field field -> field.length();
        };
        int end = register.word() + Math.max(1, (bytes + WORD - 1) / WORD);
        words.subMap(register.word(), end).clear();
        words.put(register.word(), loaded);
    }

    Loaded at(Register register) {
        return words.getOrDefault(register.word(), UNKNOWN);
    }

    /** The field at a register; one that nobody knows where there is none. */
    Field field(Register register) {
        return switch (at(register)) {
            case Field field -> field;
            case Constant constant -> new Field(Field.Kind.OTHER, 0, Optional.empty(), constant.origin());
        };
    }

    void mask(Bitwise bitwise) {
        Field masked = field(bitwise.source()).after(bitwise, Optional.of(bitwise.mask()));
        boolean plain = Addresses.isZero(bitwise.xor());
        hold(bitwise.destination(), plain ? masked : masked.odd());
    }

    void swap(Register source, Register destination, Expression expression) {
        hold(destination, field(source).after(expression, Optional.empty()).odd());
    }

    /** The constant bytes from a register on, if they are known. */
    Optional<Value> constant(Register register, int length) {
        Map.Entry<Integer, Loaded> entry = words.floorEntry(register.word());
        if (entry == null || !(entry.getValue() instanceof Constant(Value value, List<Expression> _))) {
            return Optional.empty();
        }
        int offset = (register.word() - entry.getKey()) * WORD;
        return offset + length <= value.length() ? Optional.of(value.slice(offset, length)) : Optional.empty();
    }

    /** All expressions that loaded what these registers hold, in the registers' order. */
    List<Expression> origins() {
        return words.values().stream()
                .flatMap(loaded -> switch (loaded) {
                    case Field field -> field.origin().stream();
                    case Constant constant -> constant.origin().stream();
                })
                .distinct()
                .toList();
    }
}
