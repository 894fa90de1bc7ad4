package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_FIB_DREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_FIB_FLAGS;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_FIB_RESULT;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the routing tables about a packet and loads the answer into a register.
 *
 * <pre>{@code FLAGS(3) u32 | RESULT(2) u32 | DREG(1) u32}</pre>
 *
 * @param result what is asked
 * @param flags what of the packet is asked about
 * @param destination where to
 */
public record Fib(Result result, Set<Flag> flags, Register destination) implements Expression {
    static final String NAME = "fib";

    /** What is asked ({@code enum nft_fib_result}). */
    public enum Result {
        /** The index of the interface the route leaves by. */
        OIF(1, "oif", FieldType.INTERFACE_INDEX),
        /** The name of the interface the route leaves by. */
        OIFNAME(2, "oifname", FieldType.INTERFACE_NAME),
        /** The kind of the address, such as local. */
        ADDRESS_TYPE(3, "type", FieldType.ADDRESS_TYPE);

        private final int number;
        private final String keyword;
        private final FieldType type;

        Result(int number, String keyword, FieldType type) {
            this.number = number;
            this.keyword = keyword;
            this.type = type;
        }

        /** nft's word for it. */
        public String keyword() {
            return keyword;
        }

        /** The type of the answer. */
        public FieldType type() {
            return type;
        }
    }

    /** What of the packet is asked about ({@code enum nft_fib_flags}). */
    public enum Flag {
        /** The source address. */
        SADDR(1, "saddr"),
        /** The destination address. */
        DADDR(2, "daddr"),
        /** The mark. */
        MARK(4, "mark"),
        /** The interface it came in by. */
        IIF(8, "iif"),
        /** The interface it leaves by. */
        OIF(16, "oif"),
        /** Whether there is an answer at all. */
        PRESENT(32, "");

        private final int bit;
        private final String keyword;

        Flag(int bit, String keyword) {
            this.bit = bit;
            this.keyword = keyword;
        }

        /** nft's word for it; empty for {@link #PRESENT}, which it has none for. */
        public String keyword() {
            return keyword;
        }
    }

    /** Copies the flags. */
    public Fib {
        flags = Set.copyOf(flags);
    }

    @Override
    public String kernelName() {
        return NAME;
    }

    @Override
    public void encode(AttributeWriter data) {
        data.be32(NFTA_FIB_FLAGS, flags.stream().mapToInt(f -> f.bit).sum());
        data.be32(NFTA_FIB_RESULT, result.number);
        data.be32(NFTA_FIB_DREG, destination.number());
    }

    static Optional<Expression> decode(Attributes data) {
        int bits = Wire.be32(data, NFTA_FIB_FLAGS);
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if ((bits & flag.bit) != 0) {
                flags.add(flag);
            }
        }
        int number = Wire.be32(data, NFTA_FIB_RESULT);
        for (Result result : Result.values()) {
            if (result.number == number) {
                return Wire.register(data, NFTA_FIB_DREG).map(to -> new Fib(result, flags, to));
            }
        }
        return Optional.empty();
    }
}
