package dev.bailey.netlink.nftables;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.Optional;

/**
 * The registers that hold the first and the last value of a range, which NAT chooses from.
 *
 * <p>The kernel reports the first register as the last one too when no last one was given; both are equal here.
 *
 * @param first holds the first value
 * @param last holds the last value; empty for a range of one
 */
public record RegisterRange(Register first, Optional<Register> last) {
    /** A last register that is the first one is left out. */
    public RegisterRange {
        Register begin = first;
        last = last.filter(l -> !l.equals(begin));
    }

    /** A range of one value. */
    public static RegisterRange of(Register register) {
        return new RegisterRange(register, Optional.empty());
    }

    /** A range of values. */
    public static RegisterRange of(Register first, Register last) {
        return new RegisterRange(first, Optional.of(last));
    }

    void encode(AttributeWriter data, int firstType, int lastType) {
        data.be32(firstType, first.number());
        last.ifPresent(l -> data.be32(lastType, l.number()));
    }

    static Optional<RegisterRange> decode(Attributes data, int firstType, int lastType) {
        return Wire.register(data, firstType).map(first -> new RegisterRange(first, Wire.register(data, lastType)));
    }
}
