package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_DATA_VALUE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_DATA_VERDICT;
import static dev.bailey.netlink.nftables.NfTables.NFTA_LIST_ELEM;
import static dev.bailey.netlink.nftables.NfTables.NFTA_VERDICT_CHAIN;
import static dev.bailey.netlink.nftables.NfTables.NFTA_VERDICT_CODE;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and writes the attributes that several messages share; numbers are big-endian throughout nf_tables. */
final class Wire {
    // enum nft_verdicts, linux/netfilter/nf_tables.h, and NF_*, linux/netfilter.h
    private static final int NF_DROP = 0;
    private static final int NF_ACCEPT = 1;
    private static final int NFT_CONTINUE = -1;
    private static final int NFT_JUMP = -3;
    private static final int NFT_GOTO = -4;
    private static final int NFT_RETURN = -5;

    private Wire() {}

    /** The number, or 0 where the attribute is left out. */
    static int be32(Attributes attributes, int type) {
        return attributes.be32(type).orElse(0);
    }

    /** The number, or 0 where the attribute is left out. */
    static long be64(Attributes attributes, int type) {
        return attributes.be64(type).orElse(0L);
    }

    static Optional<Integer> u8(Attributes attributes, int type) {
        return box(attributes.u8(type));
    }

    static Optional<String> string(Attributes attributes, int type) {
        return attributes.string(type);
    }

    static Optional<Register> register(Attributes attributes, int type) {
        return box(attributes.be32(type)).map(Register::ofNumber);
    }

    /** The entries of a list; the kernel numbers them all alike. */
    static List<Attributes> list(Attributes attributes, int type) {
        return attributes.nested(type).map(list -> list.list(NFTA_LIST_ELEM)).orElse(List.of());
    }

    private static Optional<Integer> box(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    static Optional<Value> value(Attributes attributes, int type) {
        return data(attributes, type).filter(Value.class::isInstance).map(Value.class::cast);
    }

    static Optional<Data> data(Attributes attributes, int type) {
        return attributes.nested(type).flatMap(nest -> {
            Optional<Data> verdict = nest.nested(NFTA_DATA_VERDICT).map(Wire::verdict);
            return verdict.isPresent()
                    ? verdict
                    : nest.bytes(NFTA_DATA_VALUE).map(Value::of).map(Data.class::cast);
        });
    }

    private static Verdict verdict(Attributes nest) {
        int code = be32(nest, NFTA_VERDICT_CODE);
        String chain = string(nest, NFTA_VERDICT_CHAIN).orElse("");
        return switch (code) {
            case NF_DROP -> Verdict.DROP;
            case NF_ACCEPT -> Verdict.ACCEPT;
            case NFT_CONTINUE -> Verdict.CONTINUE;
            case NFT_RETURN -> Verdict.RETURN;
            case NFT_JUMP -> chain.isEmpty() ? new Verdict.Other(code) : Verdict.jump(chain);
            case NFT_GOTO -> chain.isEmpty() ? new Verdict.Other(code) : Verdict.goTo(chain);
            default -> new Verdict.Other(code);
        };
    }

    static void data(AttributeWriter writer, int type, Data data) {
        writer.nest(type, nest -> {
            switch (data) {
                case Value value -> nest.bytes(NFTA_DATA_VALUE, value.toByteArray());
                case Verdict verdict -> nest.nest(NFTA_DATA_VERDICT, v -> verdict(v, verdict));
            }
        });
    }

    private static void verdict(AttributeWriter nest, Verdict verdict) {
        switch (verdict) {
            case Verdict.Accept accept -> nest.be32(NFTA_VERDICT_CODE, NF_ACCEPT);
            case Verdict.Drop drop -> nest.be32(NFTA_VERDICT_CODE, NF_DROP);
            case Verdict.Continue otherContinue -> nest.be32(NFTA_VERDICT_CODE, NFT_CONTINUE);
            case Verdict.Return otherReturn -> nest.be32(NFTA_VERDICT_CODE, NFT_RETURN);
            case Verdict.Jump jump -> {
                nest.be32(NFTA_VERDICT_CODE, NFT_JUMP);
                nest.string(NFTA_VERDICT_CHAIN, jump.chain());
            }
            case Verdict.Goto jump -> {
                nest.be32(NFTA_VERDICT_CODE, NFT_GOTO);
                nest.string(NFTA_VERDICT_CHAIN, jump.chain());
            }
            case Verdict.Other other -> nest.be32(NFTA_VERDICT_CODE, other.code());
        }
    }
}
