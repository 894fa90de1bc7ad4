package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;

/** Checks of what is sent to the kernel that it would take and misunderstand, or refuse without a reason. */
final class SetCheck {
    private SetCheck() {}

    static void definition(SetOrMap set) {
        boolean hostOrder = set.key().fields().stream().anyMatch(f -> f.hostOrder() && f.lengthBytes() > 1);
        require(!(set.isInterval() && hostOrder), set, "ranges need keys in network order, " + set.key() + " is not");
        require(!set.flags().contains(SetFlag.ANONYMOUS), set, "a set without a name cannot be added by itself");
        require(!(set.mapData().orElse(MapData.VERDICTS) instanceof MapData.Objects), set, "objects cannot be sent");
    }

    static void element(SetOrMap set, Element element) {
        key(set, element);
        Optional<Data> data = element.data();
        if (set.mapData().isEmpty()) {
            require(data.isEmpty(), set, "an element of a set has no data, " + element.key() + " does");
            return;
        }
        require(data.isPresent(), set, "an element of a map needs data, " + element.key() + " has none");
        data.ifPresent(d -> data(set, set.mapData().orElseThrow(), d));
    }

    /** Checks the key alone, which is all that a deletion names. */
    static void key(SetOrMap set, Element element) {
        int length = set.key().lengthBytes();
        require(
                element.key().length() == length,
                set,
                "key " + element.key() + " has " + element.key().length() + " bytes, " + set.key() + " has " + length);
        element.last().ifPresent(last -> {
            require(set.isInterval(), set, "takes no ranges such as " + element.key() + " to " + last);
            List<Value> from = set.key().split(element.key());
            List<Value> to = set.key().split(last);
            for (int i = 0; i < from.size(); i++) {
                require(from.get(i).compareTo(to.get(i)) <= 0, set, "range of field " + (i + 1) + " is upside down");
            }
        });
    }

    private static void data(SetOrMap set, MapData wanted, Data data) {
        boolean fits = switch (wanted) {
            case MapData.Verdicts verdicts -> data instanceof Verdict;
            case MapData.Values values ->
                data instanceof Value value && value.length() == values.type().lengthBytes();
            case MapData.Objects objects -> false;
        };
        require(fits, set, "data " + data + " does not fit, wanted " + wanted);
    }

    private static void require(boolean condition, SetOrMap set, String otherwise) {
        Check.that(condition, set.keyword() + " " + set.table() + " " + set.name() + ": " + otherwise);
    }
}
