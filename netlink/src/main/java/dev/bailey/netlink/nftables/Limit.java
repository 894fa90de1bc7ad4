package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LIMIT_BURST;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LIMIT_FLAGS;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LIMIT_RATE;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LIMIT_TYPE;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LIMIT_UNIT;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Ends the rule for packets beyond a rate, or for those within it.
 *
 * <pre>{@code RATE(1) u64 | UNIT(2) u64 | BURST(3) u32 | TYPE(4) u32 | FLAGS(5) u32}</pre>
 *
 * @param rate packets or bytes in each unit of time, at least 1
 * @param unitSeconds length of the unit of time
 * @param burst how many may come at once beyond the rate
 * @param measure what is counted
 * @param over whether to go on beyond the rate instead of within it
 */
public record Limit(long rate, long unitSeconds, int burst, Measure measure, boolean over) implements Expression {
    /** nft's burst where none is given. */
    public static final int DEFAULT_BURST = 5;

    static final String NAME = "limit";

    /** What a limit counts ({@code enum nft_limit_type}). */
    public enum Measure {
        /** Packets. */
        PACKETS,
        /** Bytes. */
        BYTES
    }

    /** Checks the ranges. */
    public Limit {
        Check.that(rate > 0 && unitSeconds > 0, "limit %s in %s s: must be positive", rate, unitSeconds);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be64(NFTA_LIMIT_RATE, rate);
        data.be64(NFTA_LIMIT_UNIT, unitSeconds);
        data.be32(NFTA_LIMIT_BURST, burst);
        data.be32(NFTA_LIMIT_TYPE, measure.ordinal());
        data.be32(NFTA_LIMIT_FLAGS, over ? 1 : 0);
    }

    static Optional<Expression> decode(Attributes data) {
        long rate = Wire.be64(data, NFTA_LIMIT_RATE);
        long unit = Wire.be64(data, NFTA_LIMIT_UNIT);
        if (rate <= 0 || unit <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Limit(
                rate,
                unit,
                Wire.be32(data, NFTA_LIMIT_BURST),
                Wire.be32(data, NFTA_LIMIT_TYPE) == 0 ? Measure.PACKETS : Measure.BYTES,
                (Wire.be32(data, NFTA_LIMIT_FLAGS) & 1) != 0));
    }
}
