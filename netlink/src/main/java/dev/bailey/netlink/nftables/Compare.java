package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CMP_DATA;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CMP_OP;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CMP_SREG;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Ends the rule unless a register's bytes compare as wanted with a constant; only as many bytes as the constant has
 * are looked at.
 *
 * <pre>{@code SREG(1) u32 | OP(2) u32 | DATA(3){VALUE(1) bytes}}</pre>
 *
 * @param source the register
 * @param operator the comparison
 * @param value the constant, 1 to 16 bytes
 */
public record Compare(Register source, CompareOperator operator, Value value) implements Expression {
    static final String NAME = "cmp";

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_CMP_SREG, source.number());
        data.be32(NFTA_CMP_OP, operator.number());
        Wire.data(data, NFTA_CMP_DATA, value);
    }

    static Optional<Expression> decode(Attributes data) {
        return Wire.register(data, NFTA_CMP_SREG)
                .flatMap(from -> CompareOperator.ofNumber(Wire.be32(data, NFTA_CMP_OP))
                        .flatMap(op -> Wire.value(data, NFTA_CMP_DATA).map(value -> new Compare(from, op, value))));
    }
}
