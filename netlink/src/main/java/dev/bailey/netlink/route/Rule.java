package dev.bailey.netlink.route;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rule of policy routing: which packets look a route up in which table.
 *
 * @param priority its place, the smallest first; 0 in a request lets the kernel choose
 * @param source the packets' source, a prefix of length 0 for any; its family is the rule's
 * @param destination the packets' destination; empty for any
 * @param inputLink the name of the link that they came in by; empty for any
 * @param outputLink the name of the link that a socket is bound to; empty for any
 * @param mark the mark they carry, under the mask; 0 for any
 * @param mask which bits of the mark count; 0 for all where there is a mark
 * @param table the number of the table
 * @param inverted whether it is for the packets that all this does not hold for
 * @param suppressedLength routes with a prefix of this length or a shorter one do not count, so that the next rule is asked;
 *     empty for routes of any length
 * @param protocol who made it, RTPROT_* of linux/rtnetlink.h; 0 for nobody in particular
 */
public record Rule(
        int priority,
        Prefix source,
        Optional<Prefix> destination,
        String inputLink,
        String outputLink,
        int mark,
        int mask,
        int table,
        boolean inverted,
        OptionalInt suppressedLength,
        int protocol) {
    /** The size of {@code struct fib_rule_hdr}. */
    static final int HEADER_BYTES = 12;

    private static final int NOTHING_SUPPRESSED = -1;

    /** A rule that takes whatever route there is. */
    public Rule(
            int priority,
            Prefix source,
            Optional<Prefix> destination,
            String inputLink,
            String outputLink,
            int mark,
            int mask,
            int table) {
        this(
                priority,
                source,
                destination,
                inputLink,
                outputLink,
                mark,
                mask,
                table,
                false,
                OptionalInt.empty(),
                Rtnetlink.RTPROT_UNSPEC);
    }

    /** Returns a rule for the packets from a source. */
    public static Rule from(Prefix source, int priority, int table) {
        return new Rule(priority, source, Optional.empty(), "", "", 0, 0, table);
    }

    /** Returns a rule for the IPv4 packets that carry a mark. */
    public static Rule marked(int mark, int mask, int priority, int table) {
        return marked(Prefix.ANY_IPV4, mark, mask, priority, table);
    }

    /** Returns a rule for the packets from a source that carry a mark. */
    public static Rule marked(Prefix source, int mark, int mask, int priority, int table) {
        return new Rule(priority, source, Optional.empty(), "", "", mark, mask, table);
    }

    /** Returns the same rule for the packets that it is not for. */
    public Rule inverse() {
        return new Rule(
                priority,
                source,
                destination,
                inputLink,
                outputLink,
                mark,
                mask,
                table,
                !inverted,
                suppressedLength,
                protocol);
    }

    /** Returns the same rule without routes whose prefix is of this length or a shorter one. */
    public Rule suppressing(int length) {
        return new Rule(
                priority,
                source,
                destination,
                inputLink,
                outputLink,
                mark,
                mask,
                table,
                inverted,
                OptionalInt.of(length),
                protocol);
    }

    /** Returns the same rule as one that somebody made, RTPROT_* of linux/rtnetlink.h. */
    public Rule by(int maker) {
        return new Rule(
                priority,
                source,
                destination,
                inputLink,
                outputLink,
                mark,
                mask,
                table,
                inverted,
                suppressedLength,
                maker);
    }

    /**
     * Writes {@code struct fib_rule_hdr} of linux/fib_rules.h and the attributes; a table above 255 has no room in the former.
     * For a removal, the action matches any.
     *
     * <pre>{@code FAMILY u8 | DST_LEN u8 | SRC_LEN u8 | TOS u8 | TABLE u8 | 0 u8 | 0 u8 | ACTION u8 | FLAGS u32
     * [SRC(2)] | [DST(1)] | [IIFNAME(3)] | [OIFNAME(17)] | [FWMARK(10) u32, FWMASK(16) u32] | [PRIORITY(6) u32]
     * [TABLE(15) u32] | [SUPPRESS_PREFIXLEN(14) u32] | [PROTOCOL(21) u8]}</pre>
     */
    byte[] encode(boolean removal) {
        AttributeWriter out = new AttributeWriter(96)
                .putU8(source.family())
                .putU8(destination.map(Prefix::length).orElse(0))
                .putU8(source.length())
                .putU8(0)
                .putU8(table < 256 ? table : Rtnetlink.RT_TABLE_UNSPEC)
                .putU8(0)
                .putU8(0)
                .putU8(removal ? Rtnetlink.FR_ACT_UNSPEC : Rtnetlink.FR_ACT_TO_TBL)
                .putU32(inverted ? Rtnetlink.FIB_RULE_INVERT : 0);
        if (source.length() > 0) {
            out.bytes(Rtnetlink.FRA_SRC, source.address().getAddress());
        }
        destination.ifPresent(
                prefix -> out.bytes(Rtnetlink.FRA_DST, prefix.address().getAddress()));
        encodeLinksAndMark(out);
        if (priority != 0) {
            out.u32(Rtnetlink.FRA_PRIORITY, priority);
        }
        if (table >= 256) {
            out.u32(Rtnetlink.FRA_TABLE, table);
        }
        suppressedLength.ifPresent(length -> out.u32(Rtnetlink.FRA_SUPPRESS_PREFIXLEN, length));
        if (protocol != Rtnetlink.RTPROT_UNSPEC) {
            out.u8(Rtnetlink.FRA_PROTOCOL, protocol);
        }
        return out.toByteArray();
    }

    private void encodeLinksAndMark(AttributeWriter out) {
        if (!inputLink.isEmpty()) {
            out.string(Rtnetlink.FRA_IIFNAME, inputLink);
        }
        if (!outputLink.isEmpty()) {
            out.string(Rtnetlink.FRA_OIFNAME, outputLink);
        }
        if (mark != 0 || mask != 0) {
            out.u32(Rtnetlink.FRA_FWMARK, mark).u32(Rtnetlink.FRA_FWMASK, mask == 0 ? -1 : mask);
        }
    }

    /** Whether an RTM_NEWRULE is one that names a table: others drop packets or jump, which this class does not stand for. */
    static boolean isLookup(NetlinkMessage message) {
        return Rtnetlink.isInternet(message)
                && message.payload().length >= HEADER_BYTES
                && message.payload()[7] == Rtnetlink.FR_ACT_TO_TBL;
    }

    /** Reads an RTM_NEWRULE or RTM_DELRULE. */
    static Rule decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        int bytes = header.get(0) == Rtnetlink.AF_INET ? 4 : 16;
        byte[] source = attributes.bytes(Rtnetlink.FRA_SRC).orElseGet(() -> new byte[bytes]);
        return new Rule(
                attributes.u32(Rtnetlink.FRA_PRIORITY).orElse(0),
                new Prefix(Address.inet(source), Byte.toUnsignedInt(header.get(2))),
                attributes
                        .bytes(Rtnetlink.FRA_DST)
                        .map(address -> new Prefix(Address.inet(address), Byte.toUnsignedInt(header.get(1)))),
                attributes.string(Rtnetlink.FRA_IIFNAME).orElse(""),
                attributes.string(Rtnetlink.FRA_OIFNAME).orElse(""),
                attributes.u32(Rtnetlink.FRA_FWMARK).orElse(0),
                attributes.u32(Rtnetlink.FRA_FWMASK).orElse(0),
                attributes.u32(Rtnetlink.FRA_TABLE).orElse(Byte.toUnsignedInt(header.get(4))),
                (header.getInt(8) & Rtnetlink.FIB_RULE_INVERT) != 0,
                suppressedLength(attributes),
                attributes
                        .bytes(Rtnetlink.FRA_PROTOCOL)
                        .map(bits -> Byte.toUnsignedInt(bits[0]))
                        .orElse(Rtnetlink.RTPROT_UNSPEC));
    }

    /** The kernel says of every rule that it suppresses something, if only -1. */
    private static OptionalInt suppressedLength(Attributes attributes) {
        OptionalInt length = attributes.u32(Rtnetlink.FRA_SUPPRESS_PREFIXLEN);
        return length.orElse(NOTHING_SUPPRESSED) == NOTHING_SUPPRESSED ? OptionalInt.empty() : length;
    }
}
