package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_LIST_ELEM;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_DATA;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_FLAGS;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_KEY;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_KEY_END;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_LIST_ELEMENTS;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_LIST_SET;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_LIST_TABLE;
import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_USERDATA;
import static dev.bailey.netlink.nftables.NfTables.NFT_SET_ELEM_INTERVAL_END;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Elements as attributes.
 *
 * <p>A single key is one element on the wire. A range in a concatenation is one element with two keys. Any other range
 * is two elements: its first key, and the key behind its last one with a flag that says so; a range up to the last key
 * there is has no second element, and nft wants a note about it.
 */
final class ElementCodec {
    private ElementCodec() {}

    /** {@code TABLE(1) string | SET(2) string}; {@code ELEMENTS(3){LIST_ELEM{…}*}} follows. */
    static void reference(AttributeWriter writer, SetOrMap set) {
        writer.string(NFTA_SET_ELEM_LIST_TABLE, set.table().name());
        writer.string(NFTA_SET_ELEM_LIST_SET, set.name());
    }

    /**
     * One or two {@code LIST_ELEM{[FLAGS(3) u32] | KEY(1){VALUE(1)} | [KEY_END(10){VALUE(1)}] | [DATA(2){…}]
     * | [USERDATA(6) bytes]}}.
     *
     * @param keyOnly leaves out data and notes, as for a deletion
     */
    static void encode(AttributeWriter writer, SetOrMap set, Element element, boolean keyOnly) {
        boolean interval = set.isInterval();
        boolean pair = interval && !set.key().isConcatenation();
        Value last = element.last().orElse(element.key());
        writer.nest(NFTA_LIST_ELEM, nest -> {
            Wire.data(nest, NFTA_SET_ELEM_KEY, element.key());
            if (interval && !pair) {
                Wire.data(nest, NFTA_SET_ELEM_KEY_END, last);
            }
            if (!keyOnly) {
                element.data().ifPresent(data -> Wire.data(nest, NFTA_SET_ELEM_DATA, data));
                notes(nest, element, pair && last.isAllOnes());
            }
        });
        if (pair && !last.isAllOnes()) {
            writer.nest(NFTA_LIST_ELEM, nest -> {
                nest.be32(NFTA_SET_ELEM_FLAGS, NFT_SET_ELEM_INTERVAL_END);
                Wire.data(nest, NFTA_SET_ELEM_KEY, last.next());
            });
        }
    }

    private static void notes(AttributeWriter nest, Element element, boolean open) {
        UserData notes = new UserData().comment(UserData.COMMENT, element.comment());
        if (open) {
            notes.u32(UserData.ELEMENT_FLAGS, UserData.INTERVAL_OPEN);
        }
        if (!notes.isEmpty()) {
            nest.bytes(NFTA_SET_ELEM_USERDATA, notes.toByteArray());
        }
    }

    /** An element as one message tells it, with the flag that it only ends a range. */
    record Wired(Element element, boolean endsRange) {}

    static List<Wired> decode(Attributes attributes) {
        List<Wired> elements = new ArrayList<>();
        for (Attributes nest : Wire.list(attributes, NFTA_SET_ELEM_LIST_ELEMENTS)) {
            decodeOne(nest).ifPresent(elements::add);
        }
        return elements;
    }

    /** Empty for an element without a key, the catch-all of other programs' maps. */
    private static Optional<Wired> decodeOne(Attributes nest) {
        boolean endsRange = (Wire.be32(nest, NFTA_SET_ELEM_FLAGS) & NFT_SET_ELEM_INTERVAL_END) != 0;
        Optional<String> comment = UserData.readComment(UserData.COMMENT, nest.bytes(NFTA_SET_ELEM_USERDATA));
        return Wire.value(nest, NFTA_SET_ELEM_KEY)
                .map(key -> new Element(
                        key, Wire.value(nest, NFTA_SET_ELEM_KEY_END), Wire.data(nest, NFTA_SET_ELEM_DATA), comment))
                .map(element -> new Wired(element, endsRange));
    }

    /** Puts the ends of ranges to their beginnings; the kernel lists both in no particular order. */
    static List<Element> join(SetOrMap set, List<Wired> wired) {
        if (!set.isInterval() || set.key().isConcatenation()) {
            return wired.stream().map(Wired::element).toList();
        }
        Comparator<Wired> byKey = Comparator.comparing(w -> w.element().key());
        List<Wired> sorted =
                wired.stream().sorted(byKey.thenComparing(w -> !w.endsRange())).toList();
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            if (!sorted.get(i).endsRange()) {
                Optional<Wired> next = i + 1 < sorted.size() ? Optional.of(sorted.get(i + 1)) : Optional.empty();
                elements.add(until(sorted.get(i).element(), next));
            }
        }
        return elements;
    }

    /** A beginning without an end goes up to the next one, or to the last key there is. */
    private static Element until(Element start, Optional<Wired> next) {
        Value last = next.map(n -> n.element().key().previous())
                .orElseGet(() -> lastOf(start.key().length()));
        return new Element(start.key(), Optional.of(last), start.data(), start.comment());
    }

    private static Value lastOf(int length) {
        return Value.of(new byte[length]).not();
    }

    static TableId table(Family family, Attributes attributes) {
        return new TableId(
                family, Wire.string(attributes, NFTA_SET_ELEM_LIST_TABLE).orElseThrow());
    }

    static String set(Attributes attributes) {
        return Wire.string(attributes, NFTA_SET_ELEM_LIST_SET).orElseThrow();
    }
}
