package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_DIRECTION;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_KEY;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Loads what the kernel knows of a packet's connection into a register.
 *
 * <pre>{@code KEY(2) u32 | DREG(1) u32 | [DIRECTION(3) u8]}</pre>
 *
 * @param key what to load
 * @param direction of which direction; for addresses and ports only
 * @param destination where to
 */
public record CtLoad(CtKey key, Optional<CtDirection> direction, Register destination) implements Expression {
    static final String NAME = "ct";

    /** Checks that a direction is there exactly where one is needed. */
    public CtLoad {
        Check.that(
                key.needsDirection() == direction.isPresent(),
                "ct %s: %s direction",
                key.text(),
                key.needsDirection() ? "needs a" : "has no");
    }

    /** Loads what both directions share. */
    public static CtLoad of(CtKey key, Register destination) {
        return new CtLoad(key, Optional.empty(), destination);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_CT_KEY, key.number());
        data.be32(NFTA_CT_DREG, destination.number());
        direction.ifPresent(d -> data.u8(NFTA_CT_DIRECTION, d.number()));
    }

    static Optional<Expression> decode(Attributes data) {
        Optional<CtDirection> direction =
                Wire.u8(data, NFTA_CT_DIRECTION).map(n -> n == 0 ? CtDirection.ORIGINAL : CtDirection.REPLY);
        return CtKey.ofNumber(Wire.be32(data, NFTA_CT_KEY))
                .filter(key -> key.needsDirection() == direction.isPresent())
                .flatMap(key -> Wire.register(data, NFTA_CT_DREG).map(to -> new CtLoad(key, direction, to)));
    }
}
