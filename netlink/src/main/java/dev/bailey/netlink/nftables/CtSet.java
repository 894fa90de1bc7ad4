package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_DIRECTION;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_KEY;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_SREG;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Sets a connection's mark or the like from a register.
 *
 * <pre>{@code KEY(2) u32 | SREG(4) u32}</pre>
 *
 * @param key what to set
 * @param source where from
 */
public record CtSet(CtKey key, Register source) implements Expression {
    @Override
    public String kernelName() {
        return CtLoad.NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_CT_KEY, key.number());
        data.be32(NFTA_CT_SREG, source.number());
    }

    static Optional<Expression> decode(Attributes data) {
        return CtKey.ofNumber(Wire.be32(data, NFTA_CT_KEY))
                .filter(key -> !data.has(NFTA_CT_DIRECTION))
                .flatMap(key -> Wire.register(data, NFTA_CT_SREG).map(from -> new CtSet(key, from)));
    }
}
