package dev.bailey.netlink.nftables;

import java.util.EnumSet;
import java.util.Set;

/** How NAT chooses among addresses and ports ({@code NF_NAT_RANGE_*}, linux/netfilter/nf_nat.h). */
public enum NatFlag {
    /** A port at random, by a hash. */
    RANDOM(4, "random"),
    /** The same address for every connection of a client. */
    PERSISTENT(8, "persistent"),
    /** A port at random, unpredictably. */
    FULLY_RANDOM(16, "fully-random");

    /** The kernel's flag that ports are given; told here by the ports themselves. */
    static final int PROTO_SPECIFIED = 2;

    private final int bit;
    private final String keyword;

    NatFlag(int bit, String keyword) {
        this.bit = bit;
        this.keyword = keyword;
    }

    /** nft's word for it. */
    public String keyword() {
        return keyword;
    }

    static int bits(Set<NatFlag> flags) {
        return flags.stream().mapToInt(f -> f.bit).sum();
    }

    static Set<NatFlag> ofBits(int bits) {
        Set<NatFlag> flags = EnumSet.noneOf(NatFlag.class);
        for (NatFlag flag : values()) {
            if ((bits & flag.bit) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
