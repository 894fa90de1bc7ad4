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
        Attributes data = Attributes.parse(raw, 0, raw.length);
        return known(name, data).orElseGet(() -> new UnknownExpression(name, Value.of(raw)));
    }

    private static Optional<Expression> known(String name, Attributes data) {
        return switch (name) {
            case Bitwise.NAME -> Bitwise.decode(data);
            case ByteOrderSwap.NAME -> ByteOrderSwap.decode(data);
            case Compare.NAME -> Compare.decode(data);
            case CompareRange.NAME -> CompareRange.decode(data);
            case Counter.NAME -> Counter.decode(data);
            case CtLoad.NAME -> data.has(NFTA_CT_SREG) ? CtSet.decode(data) : CtLoad.decode(data);
            case Fib.NAME -> Fib.decode(data);
            case Immediate.NAME -> Immediate.decode(data);
            case Limit.NAME -> Limit.decode(data);
            case Lookup.NAME -> Lookup.decode(data);
            case Masquerade.NAME -> Masquerade.decode(data);
            case MetaLoad.NAME -> data.has(NFTA_META_SREG) ? MetaSet.decode(data) : MetaLoad.decode(data);
            case Nat.NAME -> Nat.decode(data);
            case Payload.NAME -> Payload.decode(data);
            case Redirect.NAME -> Redirect.decode(data);
            case Reject.NAME -> Reject.decode(data);
            default -> Optional.empty();
        };
    }
}
