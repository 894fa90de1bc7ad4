package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_FAMILY;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_FLAGS;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_REG_ADDR_MAX;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_REG_ADDR_MIN;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_REG_PROTO_MAX;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_REG_PROTO_MIN;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_NAT_TYPE;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites the source or destination of a connection to what registers hold.
 *
 * <p>The kernel derives from the registers which of address and port are rewritten, and reports it as flags; those are
 * left out here.
 *
 * <pre>{@code TYPE(1) u32 | FAMILY(2) u32 | [REG_ADDR_MIN(3) u32 | [REG_ADDR_MAX(4) u32]]
 * | [REG_PROTO_MIN(5) u32 | [REG_PROTO_MAX(6) u32]] | [FLAGS(7) u32]}</pre>
 *
 * @param kind whether source or destination
 * @param family {@link Family#IP} or {@link Family#IP6}
 * @param addresses where the addresses are; empty to keep the address
 * @param ports where the ports are; empty to keep the port if it is free
 * @param flags how to choose
 */
public record Nat(
        Kind kind, Family family, Optional<RegisterRange> addresses, Optional<RegisterRange> ports, Set<NatFlag> flags)
        implements Expression {
    static final String NAME = "nat";

    private static final int NETMAP_OR_OFFSET = 0x60;

    /** What is rewritten ({@code enum nft_nat_types}). */
    public enum Kind {
        /** The source. */
        SNAT,
        /** The destination. */
        DNAT
    }

    /** Checks the family and copies the flags. */
    public Nat {
        Check.that(family == Family.IP || family == Family.IP6, "nat: family must be ip or ip6, not %s", family);
        flags = Set.copyOf(flags);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_NAT_TYPE, kind.ordinal());
        data.be32(NFTA_NAT_FAMILY, family.number());
        addresses.ifPresent(r -> r.encode(data, NFTA_NAT_REG_ADDR_MIN, NFTA_NAT_REG_ADDR_MAX));
        ports.ifPresent(r -> r.encode(data, NFTA_NAT_REG_PROTO_MIN, NFTA_NAT_REG_PROTO_MAX));
        if (!flags.isEmpty()) {
            data.be32(NFTA_NAT_FLAGS, NatFlag.bits(flags));
        }
    }

    static Optional<Expression> decode(Attributes data) {
        Kind kind = Wire.be32(data, NFTA_NAT_TYPE) == 0 ? Kind.SNAT : Kind.DNAT;
        int bits = Wire.be32(data, NFTA_NAT_FLAGS);
        if ((bits & NETMAP_OR_OFFSET) != 0) {
            return Optional.empty();
        }
        return Family.ofNumber(Wire.be32(data, NFTA_NAT_FAMILY))
                .filter(f -> f == Family.IP || f == Family.IP6)
                .map(f -> new Nat(
                        kind,
                        f,
                        RegisterRange.decode(data, NFTA_NAT_REG_ADDR_MIN, NFTA_NAT_REG_ADDR_MAX),
                        RegisterRange.decode(data, NFTA_NAT_REG_PROTO_MIN, NFTA_NAT_REG_PROTO_MAX),
                        NatFlag.ofBits(bits)));
    }
}
