package dev.bailey.netlink.nftables;

/**
 * What becomes of a packet, or of its walk through the chains ({@code enum nft_verdicts}, linux/netfilter/nf_tables.h,
 * and the {@code NF_*} verdicts of linux/netfilter.h).
 */
public sealed interface Verdict extends Data {
    /** Lets the packet pass this hook; later base chains may still drop it. */
    record Accept() implements Verdict {}

    /** Drops the packet for good. */
    record Drop() implements Verdict {}

    /** Goes on with the next rule. */
    record Continue() implements Verdict {}

    /** Goes back to the calling chain, or to the policy of a base chain. */
    record Return() implements Verdict {}

    /** Walks another chain and comes back. */
    record Jump(String chain) implements Verdict {
        /** Checks the name. */
        public Jump {
            Check.name("chain", chain);
        }
    }

    /** Walks another chain and does not come back here. */
    record Goto(String chain) implements Verdict {
        /** Checks the name. */
        public Goto {
            Check.name("chain", chain);
        }
    }

    /** A verdict of somebody else's rule that Bailey has no word for, such as a queue number. */
    record Other(int code) implements Verdict {}

    /** {@link Accept}. */
    Verdict ACCEPT = new Accept();

    /** {@link Drop}. */
    Verdict DROP = new Drop();

    /** {@link Continue}. */
    Verdict CONTINUE = new Continue();

    /** {@link Return}. */
    Verdict RETURN = new Return();

    /** {@link Jump} to a chain of the same table. */
    static Verdict jump(String chain) {
        return new Jump(chain);
    }

    /** {@link Goto} a chain of the same table. */
    static Verdict goTo(String chain) {
        return new Goto(chain);
    }
}
