package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Value;
import java.util.List;

/**
 * Bytes in a register that are known.
 *
 * @param value the bytes
 * @param origin the expressions that loaded them
 */
record Constant(Value value, List<Expression> origin) implements Loaded {}
