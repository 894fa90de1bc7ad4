package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_PAYLOAD_BASE;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_PAYLOAD_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_PAYLOAD_LEN;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_PAYLOAD_OFFSET;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Loads bytes of the packet into a register.
 *
 * <pre>{@code DREG(1) u32 | BASE(2) u32 | OFFSET(3) u32 | LEN(4) u32}</pre>
 *
 * @param base the header that the offset counts from
 * @param offset in bytes
 * @param length in bytes
 * @param destination where to
 */
public record Payload(Base base, int offset, int length, Register destination) implements Expression {
    static final String NAME = "payload";

    /** A header of the packet ({@code enum nft_payload_bases}). */
    public enum Base {
        /** The link's header, such as Ethernet's. */
        LINK,
        /** The IP header. */
        NETWORK,
        /** The header behind the IP headers. */
        TRANSPORT
    }

    /** Checks the ranges. */
    public Payload {
        Check.range("payload offset", offset, 0, 0xff);
        Check.range("payload length", length, 1, 0x40);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_PAYLOAD_DREG, destination.number());
        data.be32(NFTA_PAYLOAD_BASE, base.ordinal());
        data.be32(NFTA_PAYLOAD_OFFSET, offset);
        data.be32(NFTA_PAYLOAD_LEN, length);
    }

    static Optional<Expression> decode(Attributes data) {
        int base = Wire.be32(data, NFTA_PAYLOAD_BASE);
        if (base < 0 || base >= Base.values().length) {
            return Optional.empty();
        }
        int offset = Wire.be32(data, NFTA_PAYLOAD_OFFSET);
        int length = Wire.be32(data, NFTA_PAYLOAD_LEN);
        return Wire.register(data, NFTA_PAYLOAD_DREG).map(to -> new Payload(Base.values()[base], offset, length, to));
    }
}
