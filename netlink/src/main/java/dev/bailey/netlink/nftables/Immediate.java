package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_IMMEDIATE_DATA;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_IMMEDIATE_DREG;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Loads a constant into a register, or gives a verdict.
 *
 * <pre>{@code DREG(1) u32 | DATA(2){VALUE(1) bytes | VERDICT(2){CODE(1) u32 | [CHAIN(2) string]}}}</pre>
 *
 * @param destination where to; the verdict register exactly for a verdict
 * @param data the constant or the verdict
 */
public record Immediate(Register destination, Data data) implements Expression {
    static final String NAME = "immediate";

    /** Checks that verdicts go into the verdict register and nothing else does. */
    public Immediate {
        Check.that(
                destination.equals(Register.VERDICT) == data instanceof Verdict,
                "immediate: %s does not belong into %s",
                data,
                destination);
    }

    /** Gives a verdict. */
    public static Immediate of(Verdict verdict) {
        return new Immediate(Register.VERDICT, verdict);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter writer) {
        writer.be32(NFTA_IMMEDIATE_DREG, destination.number());
        Wire.data(writer, NFTA_IMMEDIATE_DATA, data);
    }

    static Optional<Expression> decode(Attributes attributes) {
        return Wire.register(attributes, NFTA_IMMEDIATE_DREG)
                .flatMap(to -> Wire.data(attributes, NFTA_IMMEDIATE_DATA)
                        .filter(data -> to.equals(Register.VERDICT) == data instanceof Verdict)
                        .map(data -> new Immediate(to, data)));
    }
}
