package dev.bailey.netlink.nftables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of what is sent to the kernel that it would take and misunderstand, or refuse without a reason. */
final class SetCheck {
    private SetCheck() {}

    static void definition(SetOrMap set) {
        boolean hostOrder = set.key().fields().stream().anyMatch(f -> f.hostOrder() && f.lengthBytes() > 1);
        require(!(set.isInterval() && hostOrder), set, "ranges need keys in network order, %s is not", set.key());
        require(!set.flags().contains(SetFlag.ANONYMOUS), set, "a set without a name cannot be added by itself");
        require(!(set.mapData().orElse(MapData.VERDICTS) instanceof MapData.Objects), set, "objects cannot be sent");
    }

    static void element(SetOrMap set, Element element) {
        key(set, element);
        Data data = element.data().orElse(null);
        MapData wanted = set.mapData().orElse(null);
        if (wanted == null) {
            require(data == null, set, "an element of a set has no data, %s does", element.key());
        } else {
            require(data != null, set, "an element of a map needs data, %s has none", element.key());
            require(data != null && fits(data, wanted), set, "data %s does not fit, wanted %s", data, wanted);
        }
    }

    /** Checks the key alone, which is all that a deletion names. */
    static void key(SetOrMap set, Element element) {
        Value key = element.key();
        int length = set.key().lengthBytes();
        require(key.length() == length, set, "key %s has %s bytes, %s has %s", key, key.length(), set.key(), length);
        if (element.last().isPresent()) {
            range(set, key, element.last().get());
        }
    }

    private static void range(SetOrMap set, Value first, Value last) {
        require(set.isInterval(), set, "takes no ranges such as %s to %s", first, last);
        List<Value> from = set.key().split(first);
        List<Value> to = set.key().split(last);
        for (int i = 0; i < from.size(); i++) {
            require(from.get(i).compareTo(to.get(i)) <= 0, set, "range of field %s is upside down", i + 1);
        }
    }

    private static boolean fits(Data data, MapData wanted) {
        return switch (wanted) {
            case MapData.Verdicts verdicts -> data instanceof Verdict;
            case MapData.Values values ->
                data instanceof Value value && value.length() == values.type().lengthBytes();
            case MapData.Objects objects -> false;
        };
    }

    private static void require(boolean condition, SetOrMap set, String otherwise, @Nullable Object... values) {
        if (!condition) {
            throw new IllegalArgumentException(
                    set.keyword() + " " + set.table() + " " + set.name() + ": " + otherwise.formatted(values));
        }
    }
}
