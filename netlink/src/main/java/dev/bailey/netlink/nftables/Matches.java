package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.CompareOperator.EQUAL;
import static dev.bailey.netlink.nftables.CompareOperator.GREATER_OR_EQUAL;
import static dev.bailey.netlink.nftables.CompareOperator.LESS_OR_EQUAL;
import static dev.bailey.netlink.nftables.CompareOperator.NOT_EQUAL;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The matches of rules, named as in nft's syntax: a rule ends where one of them does not hold. */
public final class Matches {
    /** {@code RTN_LOCAL}, linux/rtnetlink.h. */
    private static final int RTN_LOCAL = 2;

    private static final Value NONE = Value.mark(0);

    private Matches() {}

    /** The packet came in by the interface of that name. */
    public static Clause iifname(String name) {
        return compare(Selector.IIFNAME, EQUAL, Value.interfaceName(name));
    }

    /** The packet did not come in by the interface of that name. */
    public static Clause iifnameNot(String name) {
        return compare(Selector.IIFNAME, NOT_EQUAL, Value.interfaceName(name));
    }

    /** The packet leaves by the interface of that name. */
    public static Clause oifname(String name) {
        return compare(Selector.OIFNAME, EQUAL, Value.interfaceName(name));
    }

    /** The packet does not leave by the interface of that name. */
    public static Clause oifnameNot(String name) {
        return compare(Selector.OIFNAME, NOT_EQUAL, Value.interfaceName(name));
    }

    /** The source address is in the block, IPv4 or IPv6. */
    public static Clause saddr(Prefix prefix) {
        return prefix(prefix.isIpv4() ? Selector.IP_SADDR : Selector.IP6_SADDR, EQUAL, prefix);
    }

    /** The source address, of the block's family, is not in the block. */
    public static Clause saddrNot(Prefix prefix) {
        return prefix(prefix.isIpv4() ? Selector.IP_SADDR : Selector.IP6_SADDR, NOT_EQUAL, prefix);
    }

    /** The destination address is in the block, IPv4 or IPv6. */
    public static Clause daddr(Prefix prefix) {
        return prefix(prefix.isIpv4() ? Selector.IP_DADDR : Selector.IP6_DADDR, EQUAL, prefix);
    }

    /** The destination address, of the block's family, is not in the block. */
    public static Clause daddrNot(Prefix prefix) {
        return prefix(prefix.isIpv4() ? Selector.IP_DADDR : Selector.IP6_DADDR, NOT_EQUAL, prefix);
    }

    /** The protocol behind the IP headers is this one, such as {@link Value#TCP}. */
    public static Clause l4proto(Value protocol) {
        return compare(Selector.L4PROTO, EQUAL, protocol);
    }

    /** The packet is IPv4. */
    public static Clause ipv4() {
        return compare(Selector.NFPROTO, EQUAL, Value.u8(Family.IP.number()));
    }

    /** The packet is IPv6. */
    public static Clause ipv6() {
        return compare(Selector.NFPROTO, EQUAL, Value.u8(Family.IP6.number()));
    }

    /** The destination port is this one, of whatever protocol has ports. */
    public static Clause dport(int port) {
        return compare(Selector.TH_DPORT, EQUAL, Value.port(port));
    }

    /** The source port is this one, of whatever protocol has ports. */
    public static Clause sport(int port) {
        return compare(Selector.TH_SPORT, EQUAL, Value.port(port));
    }

    /** The connection is in one of these states. */
    public static Clause ctState(CtState first, CtState... more) {
        int bits = first.bit() | Arrays.stream(more).mapToInt(CtState::bit).reduce(0, (a, b) -> a | b);
        return anyBit(CtLoad.of(CtKey.STATE, Register.FIRST), bits);
    }

    /** The connection has one of these properties. */
    public static Clause ctStatus(CtStatus first, CtStatus... more) {
        int bits = first.bit() | Arrays.stream(more).mapToInt(CtStatus::bit).reduce(0, (a, b) -> a | b);
        return anyBit(CtLoad.of(CtKey.STATUS, Register.FIRST), bits);
    }

    /** The packet goes this way of its connection. */
    public static Clause ctDirection(CtDirection direction) {
        return compare(Selector.CT_DIRECTION, EQUAL, Value.u8(direction.number()));
    }

    /** The packet's mark is this one. */
    public static Clause mark(int mark) {
        return compare(Selector.META_MARK, EQUAL, Value.mark(mark));
    }

    /** The packet's mark has this value in the bits of the mask. */
    public static Clause mark(int value, int mask) {
        return masked(Selector.META_MARK, EQUAL, value, mask);
    }

    /** The packet's mark has another value in the bits of the mask. */
    public static Clause markNot(int value, int mask) {
        return masked(Selector.META_MARK, NOT_EQUAL, value, mask);
    }

    /** The connection's mark is this one. */
    public static Clause ctMark(int mark) {
        return compare(Selector.CT_MARK, EQUAL, Value.mark(mark));
    }

    /** The connection's mark has this value in the bits of the mask. */
    public static Clause ctMark(int value, int mask) {
        return masked(Selector.CT_MARK, EQUAL, value, mask);
    }

    /** The connection's mark has another value in the bits of the mask. */
    public static Clause ctMarkNot(int value, int mask) {
        return masked(Selector.CT_MARK, NOT_EQUAL, value, mask);
    }

    /** The destination is an address of this host. */
    public static Clause fibDaddrLocal() {
        return compare(Selector.FIB_DADDR_TYPE, EQUAL, Value.mark(RTN_LOCAL));
    }

    /** The destination is not an address of this host. */
    public static Clause fibDaddrNotLocal() {
        return compare(Selector.FIB_DADDR_TYPE, NOT_EQUAL, Value.mark(RTN_LOCAL));
    }

    /** The source is an address of this host. */
    public static Clause fibSaddrLocal() {
        return compare(Selector.FIB_SADDR_TYPE, EQUAL, Value.mark(RTN_LOCAL));
    }

    /** What is selected compares as wanted with a constant. */
    public static Clause compare(Selector selector, CompareOperator operator, Value value) {
        Check.that(
                value.length() == selector.type().lengthBytes(),
                "%s has %s bytes, %s has not",
                selector,
                selector.type().lengthBytes(),
                value);
        return Clause.of(List.of(selector), new Compare(Register.FIRST, operator, value));
    }

    /** What is selected is from {@code first} to {@code last}, both included; network order only. */
    public static Clause range(Selector selector, Value first, Value last) {
        Check.that(!selector.type().hostOrder(), "%s: ranges need network order", selector);
        return Clause.of(
                List.of(selector),
                new Compare(Register.FIRST, GREATER_OR_EQUAL, first),
                new Compare(Register.FIRST, LESS_OR_EQUAL, last));
    }

    /** What is selected is in the set; several selectors are concatenated. */
    public static Clause in(SetDefinition set, Selector... selectors) {
        return lookup(set, false, selectors);
    }

    /** What is selected is not in the set; several selectors are concatenated. */
    public static Clause notIn(SetDefinition set, Selector... selectors) {
        return lookup(set, true, selectors);
    }

    private static Clause lookup(SetDefinition set, boolean inverted, Selector... selectors) {
        checkKey(set, selectors);
        Lookup lookup = new Lookup(set.name(), Register.FIRST, Optional.empty(), inverted);
        return Clause.of(List.of(selectors), lookup);
    }

    static void checkKey(SetOrMap set, Selector... selectors) {
        ValueType type = Selector.typeOf(List.of(selectors));
        Check.that(
                set.key().equals(type),
                "%s %s has keys of %s, looked up is %s",
                set.keyword(),
                set.name(),
                set.key(),
                type);
    }

    /**
     * A prefix of whole bytes is compared as so many bytes of the packet; another one needs a mask.
     */
    private static Clause prefix(Selector selector, CompareOperator operator, Prefix prefix) {
        int length = prefix.length();
        if (length == 0 || length % 8 != 0) {
            Bitwise mask = new Bitwise(
                    Register.FIRST,
                    Register.FIRST,
                    prefix.mask(),
                    Value.of(new byte[prefix.address().length()]));
            return Clause.of(List.of(selector), mask, new Compare(Register.FIRST, operator, prefix.address()));
        }
        Payload whole = (Payload) selector.load(Register.FIRST);
        Payload part = new Payload(whole.base(), whole.offset(), length / 8, Register.FIRST);
        Compare compare = new Compare(Register.FIRST, operator, prefix.address().slice(0, length / 8));
        return Clause.of(selector.requirement(), part, compare);
    }

    private static Clause masked(Selector selector, CompareOperator operator, int value, int mask) {
        Check.that((value & ~mask) == 0, "mark %s has bits outside of mask %s", value, mask);
        Bitwise and = new Bitwise(Register.FIRST, Register.FIRST, Value.mark(mask), NONE);
        return Clause.of(List.of(selector), and, new Compare(Register.FIRST, operator, Value.mark(value)));
    }

    private static Clause anyBit(Expression load, int bits) {
        Bitwise and = new Bitwise(Register.FIRST, Register.FIRST, Value.mark(bits), NONE);
        return Clause.of(load, and, new Compare(Register.FIRST, NOT_EQUAL, NONE));
    }
}
