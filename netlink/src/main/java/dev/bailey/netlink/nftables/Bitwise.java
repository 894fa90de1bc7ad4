package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BITWISE_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BITWISE_LEN;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BITWISE_MASK;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BITWISE_OP;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BITWISE_SREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BITWISE_XOR;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Computes {@code (source & mask) ^ xor} into a register.
 *
 * <p>The operation's number is left out, since kernels before 5.6 do not know it and later ones take this one then.
 *
 * <pre>{@code SREG(1) u32 | DREG(2) u32 | LEN(3) u32 | MASK(4){VALUE(1)} | XOR(5){VALUE(1)}}</pre>
 *
 * @param source the register read
 * @param destination the register written
 * @param mask the bits kept
 * @param xor the bits turned over then; as long as {@code mask}
 */
public record Bitwise(Register source, Register destination, Value mask, Value xor) implements Expression {
    static final String NAME = "bitwise";

    /** Checks the lengths. */
    public Bitwise {
        Check.that(mask.length() == xor.length(), "bitwise: mask %s and xor %s differ in length", mask, xor);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_BITWISE_SREG, source.number());
        data.be32(NFTA_BITWISE_DREG, destination.number());
        data.be32(NFTA_BITWISE_LEN, mask.length());
        Wire.data(data, NFTA_BITWISE_MASK, mask);
        Wire.data(data, NFTA_BITWISE_XOR, xor);
    }

    static Optional<Expression> decode(Attributes data) {
        Optional<Register> source = Wire.register(data, NFTA_BITWISE_SREG);
        Optional<Register> destination = Wire.register(data, NFTA_BITWISE_DREG);
        Optional<Value> mask = Wire.value(data, NFTA_BITWISE_MASK);
        Optional<Value> xor = Wire.value(data, NFTA_BITWISE_XOR);
        boolean other = Wire.be32(data, NFTA_BITWISE_OP) != 0;
        if (other || source.isEmpty() || destination.isEmpty() || mask.isEmpty() || xor.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Bitwise(source.get(), destination.get(), mask.get(), xor.get()));
    }
}
