package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_REDIR_FLAGS;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_REDIR_REG_PROTO_MAX;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_REDIR_REG_PROTO_MIN;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites the destination of a connection to this host.
 *
 * <pre>{@code [REG_PROTO_MIN(1) u32 | [REG_PROTO_MAX(2) u32]] | [FLAGS(3) u32]}</pre>
 *
 * @param flags how to choose the port
 * @param ports where the ports to choose from are; empty to keep the port
 */
public record Redirect(Set<NatFlag> flags, Optional<RegisterRange> ports) implements Expression {
    static final String NAME = "redir";

    /** Copies the flags. */
    public Redirect {
        flags = Set.copyOf(flags);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        ports.ifPresent(r -> r.encode(data, NFTA_REDIR_REG_PROTO_MIN, NFTA_REDIR_REG_PROTO_MAX));
        int bits = NatFlag.bits(flags) | (ports.isPresent() ? NatFlag.PROTO_SPECIFIED : 0);
        if (bits != 0) {
            data.be32(NFTA_REDIR_FLAGS, bits);
        }
    }

    static Optional<Expression> decode(Attributes data) {
        return Optional.of(new Redirect(
                NatFlag.ofBits(Wire.be32(data, NFTA_REDIR_FLAGS)),
                RegisterRange.decode(data, NFTA_REDIR_REG_PROTO_MIN, NFTA_REDIR_REG_PROTO_MAX)));
    }
}
