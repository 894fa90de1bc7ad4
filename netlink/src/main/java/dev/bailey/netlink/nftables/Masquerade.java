package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_MASQ_FLAGS;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_MASQ_REG_PROTO_MAX;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_MASQ_REG_PROTO_MIN;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites the source of a connection to an address of the interface it leaves by.
 *
 * <pre>{@code [FLAGS(1) u32] | [REG_PROTO_MIN(2) u32 | [REG_PROTO_MAX(3) u32]]}</pre>
 *
 * @param flags how to choose the port
 * @param ports where the ports to choose from are; empty for any
 */
public record Masquerade(Set<NatFlag> flags, Optional<RegisterRange> ports) implements Expression {
    static final String NAME = "masq";

    /** Copies the flags. */
    public Masquerade {
        flags = Set.copyOf(flags);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        int bits = NatFlag.bits(flags) | (ports.isPresent() ? NatFlag.PROTO_SPECIFIED : 0);
        if (bits != 0) {
            data.be32(NFTA_MASQ_FLAGS, bits);
        }
        ports.ifPresent(r -> r.encode(data, NFTA_MASQ_REG_PROTO_MIN, NFTA_MASQ_REG_PROTO_MAX));
    }

    static Optional<Expression> decode(Attributes data) {
        return Optional.of(new Masquerade(
                NatFlag.ofBits(Wire.be32(data, NFTA_MASQ_FLAGS)),
                RegisterRange.decode(data, NFTA_MASQ_REG_PROTO_MIN, NFTA_MASQ_REG_PROTO_MAX)));
    }
}
