package dev.bailey.netlink.nftables;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The statements of rules, named as in nft's syntax: what a rule does to a packet. */
public final class Statements {
    private Statements() {}

    /** Lets the packet pass this hook. */
    public static Clause accept() {
        return verdict(Verdict.ACCEPT);
    }

    /** Drops the packet. */
    public static Clause drop() {
        return verdict(Verdict.DROP);
    }

    /** Goes back to the calling chain. */
    public static Clause returning() {
        return verdict(Verdict.RETURN);
    }

    /** Walks another chain of the table and comes back. */
    public static Clause jump(String chain) {
        return verdict(Verdict.jump(chain));
    }

    /** Walks another chain of the table and does not come back. */
    public static Clause goTo(String chain) {
        return verdict(Verdict.goTo(chain));
    }

    /** Gives a verdict. */
    public static Clause verdict(Verdict verdict) {
        return Clause.of(Immediate.of(verdict));
    }

    /** Gives the verdict that the map has for what is selected; goes on if it has none. */
    public static Clause vmap(MapDefinition map, Selector... key) {
        Check.that(map.data() instanceof MapData.Verdicts, "map %s has no verdicts", map.name());
        return Clause.of(List.of(key), lookup(map, Register.VERDICT, key));
    }

    /** Counts packets and bytes. */
    public static Clause counter() {
        return Clause.of(Counter.ZERO);
    }

    /** Goes on for so many packets a second, with a burst of {@link Limit#DEFAULT_BURST}. */
    public static Clause limitPerSecond(long packets) {
        return Clause.of(new Limit(packets, 1, Limit.DEFAULT_BURST, Limit.Measure.PACKETS, false));
    }

    /** Drops the packet and tells its sender that the port is closed. */
    public static Clause reject() {
        return Clause.of(new Reject(Reject.Kind.ICMPX, Reject.ICMPX_PORT_UNREACHABLE));
    }

    /** Drops a TCP packet and resets its connection. */
    public static Clause rejectWithTcpReset() {
        return Clause.of(Requirement.TCP, new Reject(Reject.Kind.TCP_RESET, 0));
    }

    /** Sets the packet's mark. */
    public static Clause setMark(int mark) {
        return Clause.of(new Immediate(Register.FIRST, Value.mark(mark)), metaMark());
    }

    /** Sets the bits of the mask in the packet's mark. */
    public static Clause setMark(int value, int mask) {
        return Clause.of(List.of(Selector.META_MARK), replaceBits(value, mask), metaMark());
    }

    /** Sets the packet's mark to what the map has for what is selected. */
    public static Clause setMark(MapDefinition map, Selector... key) {
        checkData(map, FieldType.MARK);
        return Clause.of(List.of(key), lookup(map, Register.FIRST, key), metaMark());
    }

    /** Sets the packet's mark to its connection's. */
    public static Clause setMarkFromConnection() {
        return Clause.of(List.of(Selector.CT_MARK), metaMark());
    }

    /** Sets the connection's mark. */
    public static Clause setCtMark(int mark) {
        return Clause.of(new Immediate(Register.FIRST, Value.mark(mark)), ctMark());
    }

    /** Sets the bits of the mask in the connection's mark. */
    public static Clause setCtMark(int value, int mask) {
        return Clause.of(List.of(Selector.CT_MARK), replaceBits(value, mask), ctMark());
    }

    /** Sets the connection's mark to what the map has for what is selected. */
    public static Clause setCtMark(MapDefinition map, Selector... key) {
        checkData(map, FieldType.MARK);
        return Clause.of(List.of(key), lookup(map, Register.FIRST, key), ctMark());
    }

    /** Sets the connection's mark to the packet's. */
    public static Clause setCtMarkFromPacket() {
        return Clause.of(List.of(Selector.META_MARK), ctMark());
    }

    /** Rewrites the destination to an address. */
    public static Clause dnat(Value address) {
        return nat(Nat.Kind.DNAT, address, Set.of());
    }

    /** Rewrites the destination to an address and a port; the rule must have matched a protocol with ports. */
    public static Clause dnat(Value address, int port) {
        Register portRegister = Register.FIRST.after(16);
        return Clause.of(
                new Immediate(Register.FIRST, address),
                new Immediate(portRegister, Value.port(port)),
                new Nat(
                        Nat.Kind.DNAT,
                        familyOf(address.length()),
                        Optional.of(RegisterRange.of(Register.FIRST)),
                        Optional.of(RegisterRange.of(portRegister)),
                        Set.of()));
    }

    /**
     * Rewrites the destination to what the map has for what is selected, an address or an address and a port; goes on
     * if it has nothing.
     */
    public static Clause dnat(MapDefinition map, Selector... key) {
        return nat(Nat.Kind.DNAT, map, key);
    }

    /** Rewrites the source to an address. */
    public static Clause snat(Value address, NatFlag... flags) {
        return nat(Nat.Kind.SNAT, address, set(flags));
    }

    /** Rewrites the source to what the map has for what is selected; goes on if it has nothing. */
    public static Clause snat(MapDefinition map, Selector... key) {
        return nat(Nat.Kind.SNAT, map, key);
    }

    /** Rewrites the source to an address of the interface the packet leaves by. */
    public static Clause masquerade(NatFlag... flags) {
        return Clause.of(new Masquerade(set(flags), Optional.empty()));
    }

    private static Set<NatFlag> set(NatFlag... flags) {
        Set<NatFlag> set = EnumSet.noneOf(NatFlag.class);
        set.addAll(List.of(flags));
        return set;
    }

    private static Clause nat(Nat.Kind kind, Value address, Set<NatFlag> flags) {
        Optional<RegisterRange> at = Optional.of(RegisterRange.of(Register.FIRST));
        Nat nat = new Nat(kind, familyOf(address.length()), at, Optional.empty(), flags);
        return Clause.of(new Immediate(Register.FIRST, address), nat);
    }

    private static Clause nat(Nat.Kind kind, MapDefinition map, Selector... key) {
        if (!(map.data() instanceof MapData.Values values)) {
            throw new IllegalArgumentException("map " + map.name() + " has no addresses");
        }
        List<FieldType> fields = values.type().fields();
        boolean withPort = fields.size() == 2 && fields.get(1).equals(FieldType.PORT);
        Check.that(fields.size() == 1 || withPort, "map %s: NAT takes address or address . port", map.name());
        int addressLength = fields.getFirst().lengthBytes();
        Optional<RegisterRange> ports =
                withPort ? Optional.of(RegisterRange.of(Register.FIRST.after(addressLength))) : Optional.empty();
        Optional<RegisterRange> addresses = Optional.of(RegisterRange.of(Register.FIRST));
        Nat nat = new Nat(kind, familyOf(addressLength), addresses, ports, Set.of());
        return Clause.of(List.of(key), lookup(map, Register.FIRST, key), nat);
    }

    private static Family familyOf(int addressLength) {
        Check.that(addressLength == 4 || addressLength == 16, "an address has 4 or 16 bytes, not %s", addressLength);
        return addressLength == 4 ? Family.IP : Family.IP6;
    }

    private static Lookup lookup(MapDefinition map, Register destination, Selector... key) {
        Matches.checkKey(map, key);
        return new Lookup(map.name(), Register.FIRST, Optional.of(destination), false);
    }

    private static void checkData(MapDefinition map, FieldType type) {
        Check.that(
                map.data().equals(MapData.values(type)),
                "map %s has %s, wanted %s",
                map.name(),
                map.data(),
                type.name());
    }

    private static Bitwise replaceBits(int value, int mask) {
        Check.that((value & ~mask) == 0, "mark %s has bits outside of mask %s", value, mask);
        return new Bitwise(Register.FIRST, Register.FIRST, Value.mark(~mask), Value.mark(value));
    }

    private static Expression metaMark() {
        return new MetaSet(MetaKey.MARK, Register.FIRST);
    }

    private static Expression ctMark() {
        return new CtSet(CtKey.MARK, Register.FIRST);
    }
}
