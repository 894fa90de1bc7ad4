package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Compare;
import dev.bailey.netlink.nftables.CompareOperator;
import dev.bailey.netlink.nftables.CtState;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What a packet must be like, written into a row: in a column where iptables has one, else in its words, else in nft's. */
final class Conditions {
    /** The order that iptables writes them in. */
    private static final List<CtState> STATES =
            List.of(CtState.INVALID, CtState.NEW, CtState.RELATED, CtState.ESTABLISHED, CtState.UNTRACKED);

    private static final List<Integer> STATE_BITS = List.of(1, 8, 4, 2, 64);

    private final Draft draft;
    private final Function<List<Expression>, String> inNftWords;

    /**
     * Conditions of a row.
     *
     * @param inNftWords a part of the rule as nft writes it
     */
    Conditions(Draft draft, Function<List<Expression>, String> inNftWords) {
        this.draft = draft;
        this.inNftWords = inNftWords;
    }

    void compare(Field field, Compare compare) {
        boolean negated = compare.operator() == CompareOperator.NOT_EQUAL;
        boolean plain = negated || compare.operator() == CompareOperator.EQUAL;
        boolean known = plain
                && (field.kind() == Field.Kind.STATE
                        ? states(field, compare.value(), negated)
                        : is(field, compare.value(), negated));
        if (!known) {
            draft.condition(inNftWords.apply(field.after(compare, field.mask()).origin()));
        }
    }

    /** Says that a field has a value; whether iptables has a way to say it. */
    boolean is(Field field, Value value, boolean negated) {
        boolean whole = field.mask().isEmpty();
        int number = value.length() <= Integer.BYTES ? (int) value.toHostNumber() : 0;
        switch (field.kind()) {
            case IN -> draft.in = Words.not(negated, Words.link(value));
            case OUT -> draft.out = Words.not(negated, Words.link(value));
            case SOURCE -> draft.source = Words.not(negated, address(field, value));
            case DESTINATION -> draft.destination = Words.not(negated, address(field, value));
            case PROTOCOL -> draft.protocol = Words.not(negated, Words.protocol((int) value.toNumber()));
            case FAMILY -> {
                return !negated && family(number);
            }
            case SOURCE_PORT -> draft.detail(port("s", value, value, negated));
            case DESTINATION_PORT -> draft.detail(port("d", value, value, negated));
            case SOURCE_TYPE ->
                draft.detail("ADDRTYPE match src-type " + Words.not(negated, Words.addressType(number)));
            case DESTINATION_TYPE ->
                draft.detail("ADDRTYPE match dst-type " + Words.not(negated, Words.addressType(number)));
            case MARK -> draft.detail("mark match " + Words.not(negated, Words.marked(number, mask(field))));
            case STATE, OTHER -> {
                return false;
            }
        }
        if (!whole && isPort(field)) {
            return false;
        }
        draft.condition();
        return true;
    }

    /** Says that a field lies between two values; whether iptables has a way to say it. */
    boolean isBetween(Field field, Value first, Value last, boolean negated) {
        if (first.equals(last)) {
            return is(field, first, negated);
        }
        if (field.mask().isPresent()) {
            return false;
        }
        switch (field.kind()) {
            case SOURCE_PORT -> draft.detail(port("s", first, last, negated));
            case DESTINATION_PORT -> draft.detail(port("d", first, last, negated));
            case SOURCE -> range(first, last, negated, "source");
            case DESTINATION -> range(first, last, negated, "destination");
            case IN, OUT, PROTOCOL, FAMILY, STATE, SOURCE_TYPE, DESTINATION_TYPE, MARK, OTHER -> {
                return false;
            }
        }
        draft.condition();
        return true;
    }

    private void range(Value first, Value last, boolean negated, String which) {
        String range = Addresses.range(first.toByteArray(), last.toByteArray());
        if (range.indexOf('-') > 0) {
            draft.detail(which + " IP range " + Words.not(negated, range));
        } else if (which.equals("source")) {
            draft.source = Words.not(negated, range);
        } else {
            draft.destination = Words.not(negated, range);
        }
    }

    private static boolean isPort(Field field) {
        return field.kind() == Field.Kind.SOURCE_PORT || field.kind() == Field.Kind.DESTINATION_PORT;
    }

    private String port(String letter, Value first, Value last, boolean negated) {
        return Words.ports(draft.protocol, letter, negated, (int) first.toNumber(), (int) last.toNumber());
    }

    private static int mask(Field field) {
        return field.mask().map(mask -> (int) mask.toHostNumber()).orElse(-1);
    }

    private String address(Field field, Value value) {
        int bytes = draft.family.equals(Optional.of(Family.IP6)) ? 16 : 4;
        byte[] whole = Arrays.copyOf(value.toByteArray(), bytes);
        byte[] mask = field.mask()
                .map(Value::toByteArray)
                .map(kept -> Arrays.copyOf(kept, bytes))
                .orElseGet(() -> Addresses.mask(value.length() * Byte.SIZE, bytes));
        return Addresses.text(whole, mask);
    }

    private boolean family(int number) {
        Optional<Family> said =
                number == 2 ? Optional.of(Family.IP) : number == 10 ? Optional.of(Family.IP6) : draft.family;
        draft.family = said;
        return number == 2 || number == 10;
    }

    /** {@code ct state a,b} keeps the bits of a and b and asks whether any is left. */
    private boolean states(Field field, Value value, boolean negated) {
        boolean anyOf = field.mask().isPresent() && Addresses.isZero(value);
        if (field.mask().isPresent() && !anyOf) {
            return false;
        }
        int bits = (int) field.mask().orElse(value).toHostNumber();
        List<String> words = IntStream.range(0, STATES.size())
                .filter(i -> (bits & STATE_BITS.get(i)) != 0)
                .mapToObj(i -> STATES.get(i).name())
                .toList();
        if (words.isEmpty()) {
            return false;
        }
        draft.condition((anyOf != negated ? "!" : "") + "ctstate " + String.join(",", words));
        return true;
    }
}
