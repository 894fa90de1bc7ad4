package dev.bailey.netlink.nftables;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Writes what NAT statements rewrite to. */
final class NatText {
    private NatText() {}

    static String toPorts(Optional<RegisterRange> ports, Set<NatFlag> flags, Function<Register, Operand> registers) {
        return ports.map(r -> " to :" + range(r, FieldType.PORT, registers)).orElse("") + flags(flags);
    }

    static String range(RegisterRange range, FieldType type, Function<Register, Operand> registers) {
        String first = registers.apply(range.first()).textAs(type);
        return range.last()
                .map(last -> first + "-" + registers.apply(last).textAs(type))
                .orElse(first);
    }

    static String flags(Set<NatFlag> flags) {
        String text = ValueText.flags(flags.stream().sorted().map(NatFlag::keyword));
        return text.isEmpty() ? "" : " " + text;
    }
}
