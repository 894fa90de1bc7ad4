package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_COUNTER_BYTES;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_COUNTER_PACKETS;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Counts the packets that come by.
 *
 * <pre>{@code [BYTES(1) u64 | PACKETS(2) u64]}</pre>
 *
 * @param packets counted so far
 * @param bytes counted so far
 */
public record Counter(long packets, long bytes) implements Expression {
    /** A counter that begins. */
    public static final Counter ZERO = new Counter(0, 0);

    static final String NAME = "counter";

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        if (!equals(ZERO)) {
            data.be64(NFTA_COUNTER_BYTES, bytes);
            data.be64(NFTA_COUNTER_PACKETS, packets);
        }
    }

    static Optional<Expression> decode(Attributes data) {
        return Optional.of(new Counter(Wire.be64(data, NFTA_COUNTER_PACKETS), Wire.be64(data, NFTA_COUNTER_BYTES)));
    }
}
