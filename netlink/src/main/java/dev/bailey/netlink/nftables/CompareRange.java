package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_RANGE_FROM_DATA;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_RANGE_OP;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_RANGE_SREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_RANGE_TO_DATA;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Ends the rule unless a register's bytes are within a range, or outside of it.
 *
 * <pre>{@code SREG(1) u32 | OP(2) u32 | FROM_DATA(3){VALUE(1)} | TO_DATA(4){VALUE(1)}}</pre>
 *
 * @param source the register
 * @param inside whether to go on inside the range or outside
 * @param first the range's first value
 * @param last the range's last value
 */
public record CompareRange(Register source, boolean inside, Value first, Value last) implements Expression {
    static final String NAME = "range";

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_RANGE_SREG, source.number());
        data.be32(NFTA_RANGE_OP, inside ? 0 : 1);
        Wire.data(data, NFTA_RANGE_FROM_DATA, first);
        Wire.data(data, NFTA_RANGE_TO_DATA, last);
    }

    static Optional<Expression> decode(Attributes data) {
        boolean inside = Wire.be32(data, NFTA_RANGE_OP) == 0;
        return Wire.register(data, NFTA_RANGE_SREG)
                .flatMap(from -> Wire.value(data, NFTA_RANGE_FROM_DATA)
                        .flatMap(first -> Wire.value(data, NFTA_RANGE_TO_DATA)
                                .map(last -> new CompareRange(from, inside, first, last))));
    }
}
