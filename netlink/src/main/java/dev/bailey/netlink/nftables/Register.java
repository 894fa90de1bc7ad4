package dev.bailey.netlink.nftables;

/**
 * One of the sixteen 32-bit registers that expressions pass bytes through, or the verdict register
 * ({@code enum nft_registers}, linux/netfilter/nf_tables.h).
 *
 * <p>The kernel also knows them as four 128-bit registers and names each 32-bit one that begins such a group by the
 * group's number. This record holds the place alone, so that both names are equal.
 *
 * @param word 0 to 15; −1 for the verdict register
 */
public record Register(int word) {
    /** Where verdicts go. */
    public static final Register VERDICT = new Register(-1);

    /** The first register, enough for every key that is no concatenation. */
    public static final Register FIRST = new Register(0);

    private static final int WORDS = 16;
    private static final int WORDS_PER_GROUP = 4;
    private static final int NFT_REG_1 = 1;
    private static final int NFT_REG32_00 = 8;

    /** Checks the range. */
    public Register {
        Check.range("register", word, -1, WORDS - 1);
    }

    /** The register behind a value of {@code lengthBytes} that begins in this one. */
    public Register after(int lengthBytes) {
        return new Register(word + (lengthBytes + Value.WORD - 1) / Value.WORD);
    }

    /** The number the kernel dumps for it. */
    int number() {
        if (word < 0) {
            return 0;
        }
        return word % WORDS_PER_GROUP == 0 ? NFT_REG_1 + word / WORDS_PER_GROUP : NFT_REG32_00 + word;
    }

    static Register ofNumber(int number) {
        if (number == 0) {
            return VERDICT;
        }
        return new Register(number < NFT_REG32_00 ? (number - NFT_REG_1) * WORDS_PER_GROUP : number - NFT_REG32_00);
    }
}
