package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.CtKey;
import dev.bailey.netlink.nftables.CtLoad;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.Fib;
import dev.bailey.netlink.nftables.MetaLoad;
import dev.bailey.netlink.nftables.Payload;
import dev.bailey.netlink.nftables.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a packet, or of what is known about it, that lies in a register.
 *
 * @param kind what it is
 * @param length its length in bytes, 0 where it does not matter
 * @param mask the bits that were kept of it; empty for all
 * @param origin the expressions that loaded it
 */
record Field(Kind kind, int length, Optional<Value> mask, List<Expression> origin) implements Loaded {
    /** What iptables has a notation for. */
    enum Kind {
        IN,
        OUT,
        SOURCE,
        DESTINATION,
        SOURCE_PORT,
        DESTINATION_PORT,
        PROTOCOL,
        FAMILY,
        STATE,
        SOURCE_TYPE,
        DESTINATION_TYPE,
        MARK,
        OTHER
    }

    private static final int IPV4_ADDRESSES = 12;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV6_ADDRESSES = 8;
    private static final int PORT_BYTES = 2;

    static Field of(MetaLoad meta) {
        Kind kind = switch (meta.key()) {
            case IIFNAME -> Kind.IN;
            case OIFNAME -> Kind.OUT;
            case L4PROTO -> Kind.PROTOCOL;
            case NFPROTO -> Kind.FAMILY;
            case MARK -> Kind.MARK;
            default -> Kind.OTHER;
        };
        return loaded(kind, 0, meta);
    }

    static Field of(CtLoad ct) {
        return loaded(ct.key() == CtKey.STATE ? Kind.STATE : Kind.OTHER, 0, ct);
    }

    static Field of(Fib fib) {
        boolean source = fib.flags().equals(Set.of(Fib.Flag.SADDR));
        boolean destination = fib.flags().equals(Set.of(Fib.Flag.DADDR));
        Kind kind = fib.result() != Fib.Result.ADDRESS_TYPE
                ? Kind.OTHER
                : destination ? Kind.DESTINATION_TYPE : source ? Kind.SOURCE_TYPE : Kind.OTHER;
        return loaded(kind, 0, fib);
    }

    /** What a part of a packet is, in a packet of that family. */
    static Field of(Payload payload, Optional<Family> family) {
        Kind kind = switch (payload.base()) {
            case LINK -> Kind.OTHER;
            case NETWORK -> network(payload, family);
            case TRANSPORT -> transport(payload);
        };
        return loaded(kind, payload.length(), payload);
    }

    private static Kind network(Payload payload, Optional<Family> family) {
        if (family.equals(Optional.of(Family.IP))) {
            return payload.offset() == IPV4_PROTOCOL && payload.length() == 1
                    ? Kind.PROTOCOL
                    : address(payload, IPV4_ADDRESSES, 4);
        }
        return family.equals(Optional.of(Family.IP6)) ? address(payload, IPV6_ADDRESSES, 16) : Kind.OTHER;
    }

    private static Kind address(Payload payload, int offset, int bytes) {
        if (payload.length() > bytes) {
            return Kind.OTHER;
        }
        return payload.offset() == offset
                ? Kind.SOURCE
                : payload.offset() == offset + bytes ? Kind.DESTINATION : Kind.OTHER;
    }

    private static Kind transport(Payload payload) {
        if (payload.length() != PORT_BYTES) {
            return Kind.OTHER;
        }
        return payload.offset() == 0
                ? Kind.SOURCE_PORT
                : payload.offset() == PORT_BYTES ? Kind.DESTINATION_PORT : Kind.OTHER;
    }

    private static Field loaded(Kind kind, int length, Expression expression) {
        return new Field(kind, length, Optional.empty(), List.of(expression));
    }

    /** The same field after one more expression has changed it. */
    Field after(Expression expression, Optional<Value> newMask) {
        List<Expression> all = new ArrayList<>(origin);
        all.add(expression);
        return new Field(kind, length, newMask, List.copyOf(all));
    }

    /** The same field where iptables has no notation for what was done to it. */
    Field odd() {
        return new Field(Kind.OTHER, length, mask, origin);
    }
}
