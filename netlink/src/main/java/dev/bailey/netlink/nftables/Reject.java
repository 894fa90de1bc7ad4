package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_REJECT_ICMP_CODE;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_REJECT_TYPE;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Drops a packet and tells its sender.
 *
 * <pre>{@code TYPE(1) u32 | ICMP_CODE(2) u8}</pre>
 *
 * @param kind how the sender is told
 * @param code the ICMP code; one of {@code NFT_REJECT_ICMPX_*} for {@link Kind#ICMPX}, 0 for a reset
 */
public record Reject(Kind kind, int code) implements Expression {
    /** Code of {@link Kind#ICMPX}: no route to the destination. */
    public static final int ICMPX_NO_ROUTE = 0;

    /** Code of {@link Kind#ICMPX}: nobody listens. */
    public static final int ICMPX_PORT_UNREACHABLE = 1;

    /** Code of {@link Kind#ICMPX}: the host cannot be reached. */
    public static final int ICMPX_HOST_UNREACHABLE = 2;

    /** Code of {@link Kind#ICMPX}: forbidden. */
    public static final int ICMPX_ADMIN_PROHIBITED = 3;

    static final String NAME = "reject";

    /** How the sender is told ({@code enum nft_reject_types}). */
    public enum Kind {
        /** By ICMP or ICMPv6, whose code is given. */
        ICMP,
        /** By a TCP reset. */
        TCP_RESET,
        /** By ICMP or ICMPv6, whichever fits. */
        ICMPX
    }

    /** Checks the code. */
    public Reject {
        Check.range("reject code", code, 0, 0xff);
        Check.that(kind != Kind.TCP_RESET || code == 0, "a TCP reset has no code");
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_REJECT_TYPE, kind.ordinal());
        data.u8(NFTA_REJECT_ICMP_CODE, code);
    }

    static Optional<Expression> decode(Attributes data) {
        int type = Wire.be32(data, NFTA_REJECT_TYPE);
        if (type < 0 || type >= Kind.values().length) {
            return Optional.empty();
        }
        return Optional.of(new Reject(
                Kind.values()[type], Wire.u8(data, NFTA_REJECT_ICMP_CODE).orElse(0)));
    }
}
