package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.nftables.Data;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.FieldType;
import dev.bailey.netlink.nftables.Lookup;
import dev.bailey.netlink.nftables.NftText;
import dev.bailey.netlink.nftables.Register;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The elements of a map as conditions on what is looked up and what is found. */
final class MapRows {
    private static final int WORD = 4;

    private MapRows() {}

    /**
     * One element.
     *
     * @param fields what is looked up, a field for each of the key's
     * @param first the key's fields, the lowest ones of a range
     * @param last the highest ones of a range
     * @param data what is behind the key
     * @param text what is looked up and the key, in nft's words
     */
    record Row(List<Field> fields, List<Value> first, List<Value> last, Data data, String text) {
        /** Writes the key into a row. */
        void describe(Conditions conditions, Draft draft) {
            for (int i = 0; i < fields.size(); i++) {
                if (!isAny(i) && !conditions.isBetween(fields.get(i), first.get(i), last.get(i), false)) {
                    draft.condition(text);
                    return;
                }
            }
        }

        /** Whether no packet that the row is about so far has such a key. */
        boolean contradicts(Draft draft) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).kind() == Field.Kind.PROTOCOL
                        && !draft.protocol.equals(Draft.ANY_PROTOCOL)
                        && !draft.protocol.equals(
                                Words.protocol((int) first.get(i).toNumber()))) {
                    return true;
                }
            }
            return false;
        }

        /** A whole range of keys asks for nothing. */
        private boolean isAny(int field) {
            return last.get(field).isAllOnes() && Addresses.isZero(first.get(field));
        }
    }

    /**
     * The elements in the order of their keys.
     *
     * @param subject what is looked up, in nft's words
     */
    static List<Row> of(Lookup lookup, SetContent map, Registers registers, String subject) {
        List<FieldType> types = map.definition().key().fields();
        List<Field> fields = new ArrayList<>();
        int word = lookup.source().word();
        for (FieldType type : types) {
            fields.add(
                    word < 16
                            ? registers.field(new Register(word))
                            : registers.field(lookup.source()).odd());
            word += Math.max(1, (type.lengthBytes() + WORD - 1) / WORD);
        }
        return map.elements().stream()
                .filter(element -> element.data().isPresent())
                .sorted(Comparator.comparing(Element::key))
                .map(element -> row(fields, types, map, element, subject))
                .toList();
    }

    private static Row row(List<Field> fields, List<FieldType> types, SetContent map, Element element, String subject) {
        Element bare = new Element(element.key(), element.last(), Optional.empty(), Optional.empty());
        return new Row(
                fields,
                split(types, element.key()),
                split(types, element.last().orElse(element.key())),
                element.data().orElseThrow(),
                subject + " " + NftText.of(map.definition(), bare));
    }

    private static List<Value> split(List<FieldType> types, Value key) {
        List<Value> parts = new ArrayList<>();
        int offset = 0;
        for (FieldType type : types) {
            int length = types.size() == 1 ? key.length() : Math.min(type.lengthBytes(), key.length() - offset);
            parts.add(key.slice(offset, length));
            offset += (length + WORD - 1) / WORD * WORD;
        }
        return parts;
    }

    /** All elements of a set in nft's words, between commas. */
    static String elements(SetContent set) {
        return set.elements().stream()
                .map(element -> NftText.of(set.definition(), element))
                .collect(Collectors.joining(", "));
    }
}
