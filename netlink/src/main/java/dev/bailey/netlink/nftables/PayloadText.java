package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;

/** Names the fields of packets as nft does. */
final class PayloadText {
    private static final Value ICMPV6 = Value.protocol(58);
    private static final List<Value> WITH_PORTS = List.of(Value.TCP, Value.UDP, Value.SCTP);

    /**
     * A field of a packet.
     *
     * @param text nft's words for it
     * @param type its type
     * @param implied whether the text says of which protocol the header is
     */
    record Field(String text, FieldType type, boolean implied) {}

    private PayloadText() {}

    static Field of(Payload payload, PacketKnowledge known) {
        Optional<Field> field = switch (payload.base()) {
            case LINK -> link(payload);
            case NETWORK -> network(payload, known);
            case TRANSPORT -> transport(payload, known);
        };
        return field.orElseGet(() -> raw(payload));
    }

    private static Optional<Field> link(Payload payload) {
        if (payload.offset() == 12 && payload.length() == FieldType.ETHER_TYPE.lengthBytes()) {
            return Optional.of(new Field("ether type", FieldType.ETHER_TYPE, true));
        }
        if (payload.length() != FieldType.ETHER.lengthBytes()) {
            return Optional.empty();
        }
        return switch (payload.offset()) {
            case 0 -> Optional.of(new Field("ether daddr", FieldType.ETHER, true));
            case 6 -> Optional.of(new Field("ether saddr", FieldType.ETHER, true));
            default -> Optional.empty();
        };
    }

    private static Optional<Field> network(Payload payload, PacketKnowledge known) {
        if (known.isIpv4()) {
            return ipv4(payload);
        }
        if (known.isIpv6()) {
            return ipv6(payload);
        }
        return known.isArp() ? arp(payload) : Optional.empty();
    }

    private static Optional<Field> arp(Payload payload) {
        if (payload.offset() == 8 && payload.length() == FieldType.ETHER.lengthBytes()) {
            return Optional.of(new Field("arp saddr ether", FieldType.ETHER, true));
        }
        return payload.offset() == 14 && payload.length() == FieldType.IPV4.lengthBytes()
                ? Optional.of(new Field("arp saddr ip", FieldType.IPV4, true))
                : Optional.empty();
    }

    private static Optional<Field> ipv4(Payload payload) {
        if (payload.offset() == 9 && payload.length() == 1) {
            return Optional.of(new Field("ip protocol", FieldType.PROTOCOL, true));
        }
        return address(payload, "ip", FieldType.IPV4, 12);
    }

    private static Optional<Field> ipv6(Payload payload) {
        return address(payload, "ip6", FieldType.IPV6, 8);
    }

    /** The source address lies at {@code offset}, the destination address behind it. */
    private static Optional<Field> address(Payload payload, String header, FieldType type, int offset) {
        int place = payload.offset() - offset;
        if (place != 0 && place != type.lengthBytes() || payload.length() > type.lengthBytes()) {
            return Optional.empty();
        }
        return Optional.of(new Field(header + (place == 0 ? " saddr" : " daddr"), type, true));
    }

    private static Optional<Field> transport(Payload payload, PacketKnowledge known) {
        Optional<Value> protocol = known.transport();
        if (protocol.equals(Optional.of(ICMPV6))) {
            return icmpv6(payload);
        }
        boolean named = protocol.filter(WITH_PORTS::contains).isPresent();
        if (payload.length() != 2 || payload.offset() > 2 || payload.offset() == 1 || protocol.isPresent() && !named) {
            return Optional.empty();
        }
        String header = named ? ValueText.of(FieldType.PROTOCOL, protocol.orElseThrow()) : "th";
        return Optional.of(new Field(header + (payload.offset() == 0 ? " sport" : " dport"), FieldType.PORT, named));
    }

    private static Optional<Field> icmpv6(Payload payload) {
        if (payload.offset() == 0 && payload.length() == 1) {
            return Optional.of(new Field("icmpv6 type", FieldType.ICMPV6_TYPE, true));
        }
        return payload.offset() == 8 && payload.length() == FieldType.IPV6.lengthBytes()
                ? Optional.of(new Field("icmpv6 taddr", FieldType.IPV6, true))
                : Optional.empty();
    }

    private static Field raw(Payload payload) {
        String base = switch (payload.base()) {
            case LINK -> "@ll,";
            case NETWORK -> "@nh,";
            case TRANSPORT -> "@th,";
        };
        String text = base + payload.offset() * 8 + "," + payload.length() * 8;
        return new Field(text, new FieldType(0, "integer", payload.length(), false), false);
    }
}
