package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LOOKUP_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LOOKUP_FLAGS;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LOOKUP_SET;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_LOOKUP_SREG;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * Ends the rule unless a register's bytes are a key of a set or map; loads what a map has behind the key.
 *
 * <p>The set is looked up by its name; sets added earlier in the same batch are found.
 *
 * <pre>{@code SREG(2) u32 | [DREG(3) u32] | SET(1) string | [FLAGS(5) u32]}</pre>
 *
 * @param set the name of a set or map of the same table
 * @param source the register that the key begins in
 * @param destination where a map's data goes; the verdict register for a verdict map; empty for a set
 * @param inverted whether to go on if the key is not in the set
 */
public record Lookup(String set, Register source, Optional<Register> destination, boolean inverted)
        implements Expression {
    static final String NAME = "lookup";

    /** Checks the name and that only the lookup in a set is inverted. */
    public Lookup {
        Check.name("set", set);
        Check.that(destination.isEmpty() || !inverted, "lookup in map %s: cannot be inverted", set);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_LOOKUP_SREG, source.number());
        destination.ifPresent(to -> data.be32(NFTA_LOOKUP_DREG, to.number()));
        data.string(NFTA_LOOKUP_SET, set);
        if (inverted) {
            data.be32(NFTA_LOOKUP_FLAGS, 1);
        }
    }

    static Optional<Expression> decode(Attributes data) {
        Optional<Register> destination = Wire.register(data, NFTA_LOOKUP_DREG);
        boolean inverted = (Wire.be32(data, NFTA_LOOKUP_FLAGS) & 1) != 0;
        return Wire.register(data, NFTA_LOOKUP_SREG)
                .flatMap(from ->
                        Wire.string(data, NFTA_LOOKUP_SET).map(set -> new Lookup(set, from, destination, inverted)));
    }
}
