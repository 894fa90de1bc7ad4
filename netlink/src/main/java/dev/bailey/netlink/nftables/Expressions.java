package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfExpressions.NFTA_CT_SREG;
import static dev.bailey.netlink.nftables.NfExpressions.NFTA_META_SREG;
import static dev.bailey.netlink.nftables.NfTables.NFTA_EXPR_DATA;
import static dev.bailey.netlink.nftables.NfTables.NFTA_EXPR_NAME;
import static dev.bailey.netlink.nftables.NfTables.NFTA_LIST_ELEM;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Lists of expressions as attributes. */
final class Expressions {
    private Expressions() {}

    /** Writes {@code type{LIST_ELEM{NAME string | DATA{…}}*}}. */
    static void encode(AttributeWriter writer, int type, List<Expression> expressions) {
        writer.nest(type, list -> {
            for (Expression expression : expressions) {
                list.nest(NFTA_LIST_ELEM, element -> {
                    element.string(NFTA_EXPR_NAME, expression.kernelName());
                    if (!(expression instanceof UnknownExpression unknown && unknown.isBare())) {
                        element.nest(NFTA_EXPR_DATA, expression::encode);
                    }
                });
            }
        });
    }

    static List<Expression> decode(Attributes attributes, int type) {
        return Wire.list(attributes, type).stream().map(Expressions::decode).toList();
    }

    private static Expression decode(Attributes element) {
        String name = Wire.string(element, NFTA_EXPR_NAME).orElse("");
        byte[] raw = element.bytes(NFTA_EXPR_DATA).orElse(new byte[0]);
        return known(name, raw).orElseGet(() -> new UnknownExpression(name, Value.of(raw)));
    }

    /** Empty as well for a known kind with something in it that Bailey has no word for. */
    private static Optional<Expression> known(String name, byte[] raw) {
        try {
            return decoder(name).flatMap(decoder -> decoder.apply(Attributes.parse(raw)));
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }

    private static Optional<Function<Attributes, Optional<Expression>>> decoder(String name) {
        return switch (name) {
            case Bitwise.NAME -> Optional.of(Bitwise::decode);
            case ByteOrderSwap.NAME -> Optional.of(ByteOrderSwap::decode);
            case Compare.NAME -> Optional.of(Compare::decode);
            case CompareRange.NAME -> Optional.of(CompareRange::decode);
            case Counter.NAME -> Optional.of(Counter::decode);
            case CtLoad.NAME -> Optional.of(data -> data.has(NFTA_CT_SREG) ? CtSet.decode(data) : CtLoad.decode(data));
            case Fib.NAME -> Optional.of(Fib::decode);
            case Immediate.NAME -> Optional.of(Immediate::decode);
            case Limit.NAME -> Optional.of(Limit::decode);
            case Lookup.NAME -> Optional.of(Lookup::decode);
            case Masquerade.NAME -> Optional.of(Masquerade::decode);
            case MetaLoad.NAME ->
                Optional.of(data -> data.has(NFTA_META_SREG) ? MetaSet.decode(data) : MetaLoad.decode(data));
            case Nat.NAME -> Optional.of(Nat::decode);
            case Payload.NAME -> Optional.of(Payload::decode);
            case Redirect.NAME -> Optional.of(Redirect::decode);
            case Reject.NAME -> Optional.of(Reject::decode);
            default -> Optional.empty();
        };
    }
}
