package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.Masquerade;
import dev.bailey.netlink.nftables.Nat;
import dev.bailey.netlink.nftables.NatFlag;
import dev.bailey.netlink.nftables.Redirect;
import dev.bailey.netlink.nftables.Register;
import dev.bailey.netlink.nftables.RegisterRange;
import dev.bailey.netlink.nftables.Value;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What addresses and ports are translated to, in the words of iptables' targets. */
final class Translations {
    private static final int PORT_BYTES = 2;
    private static final String UNKNOWN = "?";

    private Translations() {}

    static void of(Nat nat, Draft draft, Registers registers) {
        draft.decide(nat.kind() == Nat.Kind.DNAT ? "DNAT" : "SNAT");
        int bytes = nat.family() == Family.IP6 ? 16 : 4;
        // In a table of both families the kernel passes packets of the other one by.
        draft.family = draft.family.or(() -> Optional.of(nat.family()));
        String address =
                nat.addresses().map(range -> range(range, bytes, registers)).orElse("");
        boolean bracketed = bytes == 16 && nat.ports().isPresent();
        String port = nat.ports()
                .map(range -> ":" + range(range, PORT_BYTES, registers))
                .orElse("");
        draft.detail("to:" + (bracketed ? "[" + address + "]" : address) + port);
        draft.detail(flags(nat.flags()));
    }

    static void of(Masquerade masquerade, Draft draft, Registers registers) {
        draft.decide("MASQUERADE");
        masquerade.ports().ifPresent(range -> draft.detail("masq ports: " + range(range, PORT_BYTES, registers)));
        draft.detail(flags(masquerade.flags()));
    }

    static void of(Redirect redirect, Draft draft, Registers registers) {
        draft.decide("REDIRECT");
        redirect.ports().ifPresent(range -> draft.detail("redir ports " + range(range, PORT_BYTES, registers)));
        draft.detail(flags(redirect.flags()));
    }

    private static String range(RegisterRange range, int bytes, Registers registers) {
        String first = text(range.first(), bytes, registers);
        return range.last()
                .map(register -> text(register, bytes, registers))
                .filter(last -> !last.equals(first))
                .map(last -> first + "-" + last)
                .orElse(first);
    }

    private static String text(Register register, int bytes, Registers registers) {
        Optional<Value> value = registers.constant(register, bytes);
        return value.map(known ->
                        bytes == PORT_BYTES ? String.valueOf(known.toNumber()) : Addresses.text(known.toByteArray()))
                .orElse(UNKNOWN);
    }

    private static String flags(Set<NatFlag> flags) {
        return flags.stream()
                .sorted()
                .map(flag -> flag == NatFlag.FULLY_RANDOM ? "random-fully" : flag.keyword())
                .collect(Collectors.joining(" "));
    }
}
