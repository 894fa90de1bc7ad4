package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BYTEORDER_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BYTEORDER_LEN;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BYTEORDER_OP;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BYTEORDER_SIZE;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_BYTEORDER_SREG;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Turns numbers in a register between host and network order.
 *
 * <pre>{@code SREG(1) u32 | DREG(2) u32 | OP(3) u32 | LEN(4) u32 | SIZE(5) u32}</pre>
 *
 * @param source the register read
 * @param destination the register written
 * @param toNetwork whether from host to network order; else the other way
 * @param length bytes in all
 * @param size bytes of one number
 */
public record ByteOrderSwap(Register source, Register destination, boolean toNetwork, int length, int size)
        implements Expression {
    static final String NAME = "byteorder";

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_BYTEORDER_SREG, source.number());
        data.be32(NFTA_BYTEORDER_DREG, destination.number());
        data.be32(NFTA_BYTEORDER_OP, toNetwork ? 1 : 0);
        data.be32(NFTA_BYTEORDER_LEN, length);
        data.be32(NFTA_BYTEORDER_SIZE, size);
    }

    static Optional<Expression> decode(Attributes data) {
        boolean toNetwork = Wire.be32(data, NFTA_BYTEORDER_OP) == 1;
        int length = Wire.be32(data, NFTA_BYTEORDER_LEN);
        int size = Wire.be32(data, NFTA_BYTEORDER_SIZE);
        return Wire.register(data, NFTA_BYTEORDER_SREG)
                .flatMap(from -> Wire.register(data, NFTA_BYTEORDER_DREG)
                        .map(to -> new ByteOrderSwap(from, to, toNetwork, length, size)));
    }
}
