package dev.bailey.netlink.nftables;

import dev.bailey.netlink.AttributeWriter;

/**
 * An expression of somebody else's rule that Bailey does not know, as the kernel reported it.
 *
 * @param kernelName the kernel's name of the kind
 * @param attributes the content of {@code NFTA_EXPR_DATA}, untouched
 */
public record UnknownExpression(String kernelName, Value attributes) implements Expression {
    /** Whether it is a name alone, as of statements that take no arguments. */
    boolean isBare() {
        return attributes.length() == 0;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.put(attributes.toByteArray());
    }
}
