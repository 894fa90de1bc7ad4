package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_META_KEY;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_META_SREG;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Sets a packet's mark or the like from a register.
 *
 * <pre>{@code KEY(2) u32 | SREG(3) u32}</pre>
 *
 * @param key what to set
 * @param source where from
 */
public record MetaSet(MetaKey key, Register source) implements Expression {
    @Override
    public String kernelName() {
        return MetaLoad.NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_META_KEY, key.number());
        data.be32(NFTA_META_SREG, source.number());
    }

    static Optional<Expression> decode(Attributes data) {
        return MetaKey.ofNumber(Wire.be32(data, NFTA_META_KEY))
                .flatMap(key -> Wire.register(data, NFTA_META_SREG).map(from -> new MetaSet(key, from)));
    }
}
