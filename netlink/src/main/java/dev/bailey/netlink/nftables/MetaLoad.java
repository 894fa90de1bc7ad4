package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_META_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_META_KEY;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Loads what the kernel knows of a packet into a register.
 *
 * <pre>{@code KEY(2) u32 | DREG(1) u32}</pre>
 *
 * @param key what to load
 * @param destination where to
 */
public record MetaLoad(MetaKey key, Register destination) implements Expression {
    static final String NAME = "meta";

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_META_KEY, key.number());
        data.be32(NFTA_META_DREG, destination.number());
    }

    static Optional<Expression> decode(Attributes data) {
        return MetaKey.ofNumber(Wire.be32(data, NFTA_META_KEY))
                .flatMap(key -> Wire.register(data, NFTA_META_DREG).map(to -> new MetaLoad(key, to)));
    }
}
