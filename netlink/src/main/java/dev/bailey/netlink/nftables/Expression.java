package dev.bailey.netlink.nftables;

import dev.bailey.netlink.AttributeWriter;

/**
 * One step of a rule: it loads something into a register, compares, rewrites or decides.
 *
 * <p>Each record documents the attributes it becomes, inside {@code NFTA_EXPR_DATA}; numbers are big-endian.
 */
public sealed interface Expression
        permits Bitwise,
                ByteOrderSwap,
                Compare,
                CompareRange,
                Counter,
                CtLoad,
                CtSet,
                Fib,
                Immediate,
                Limit,
                Lookup,
                Masquerade,
                MetaLoad,
                MetaSet,
                Nat,
                Payload,
                Redirect,
                Reject,
                UnknownExpression {
    /** The kernel's name of the kind of expression. */
    String kernelName();

    /** Writes the content of {@code NFTA_EXPR_DATA}. */
    void encode(AttributeWriter data);
}
