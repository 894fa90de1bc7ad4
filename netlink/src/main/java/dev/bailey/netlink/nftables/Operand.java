package dev.bailey.netlink.nftables;

import java.util.Optional;

/**
 * What a register holds while a rule is written out: the text of what was loaded, or a constant.
 *
 * @param text nft's words for it; empty for a constant
 * @param type its type
 * @param constant the constant
 * @param mask the bits that were kept of it
 * @param xor the bits that were turned over then
 * @param isUsed whether a statement has looked at it already
 */
record Operand(
        String text,
        FieldType type,
        Optional<Value> constant,
        Optional<Value> mask,
        Optional<Value> xor,
        boolean isUsed) {
    private static final FieldType BYTES = new FieldType(0, "integer", 0, false);

    static final Operand UNKNOWN = of("?", BYTES);

    static Operand of(String text, FieldType type) {
        return new Operand(text, type, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static Operand constant(Value value) {
        return new Operand("", BYTES, Optional.of(value), Optional.empty(), Optional.empty(), false);
    }

    Operand used() {
        return new Operand(text, type, constant, mask, xor, true);
    }

    Operand masked(Value newMask, Value newXor) {
        return new Operand(text, type, constant, Optional.of(newMask), Optional.of(newXor), false);
    }

    /** The text where a value of that type is wanted. */
    String textAs(FieldType wanted) {
        return constant.map(value -> ValueText.of(wanted, value)).orElseGet(this::maskedText);
    }

    /** As nft does it: {@code (x & m) ^ v} is written as the "and" and "or" that it comes from. */
    private String maskedText() {
        if (mask.isEmpty() || xor.isEmpty()) {
            return text;
        }
        Value and = mask.get();
        Value or = xor.get();
        if (or.isZero()) {
            return text + " & " + ValueText.of(type, and);
        }
        if (and.not().equals(or)) {
            return text + " | " + ValueText.of(type, or);
        }
        if (and.isAllOnes()) {
            return text + " ^ " + ValueText.of(type, or);
        }
        return text + " & " + ValueText.of(type, and.or(or)) + " | " + ValueText.of(type, or);
    }

    /** A comparison of it with a constant. */
    String compared(Compare compare) {
        boolean equality =
                compare.operator() == CompareOperator.EQUAL || compare.operator() == CompareOperator.NOT_EQUAL;
        String sign = compare.operator() == CompareOperator.EQUAL
                ? " "
                : " " + compare.operator().text() + " ";
        if (mask.isEmpty()) {
            return text + sign + ValueText.of(type, compare.value());
        }
        if (isBits()
                && compare.operator() == CompareOperator.NOT_EQUAL
                && compare.value().isZero()) {
            return text + " " + ValueText.of(type, mask.get());
        }
        int prefix = equality ? prefixLength(mask.get()) : -1;
        if (prefix >= 0) {
            return text + sign + ValueText.of(type, compare.value()) + "/" + prefix;
        }
        return maskedText() + " " + compare.operator().text() + " " + ValueText.of(type, compare.value());
    }

    String range(CompareRange range) {
        return text
                + (range.inside() ? " " : " != ")
                + ValueText.of(type, range.first())
                + "-"
                + ValueText.of(type, range.last());
    }

    private boolean isBits() {
        return type.equals(FieldType.CT_STATE) || type.equals(FieldType.CT_STATUS);
    }

    private int prefixLength(Value bits) {
        if (!type.equals(FieldType.IPV4) && !type.equals(FieldType.IPV6)) {
            return -1;
        }
        for (int length = 0; length <= bits.length() * 8; length++) {
            if (Prefix.mask(length, bits.length()).equals(bits)) {
                return length;
            }
        }
        return -1;
    }
}
