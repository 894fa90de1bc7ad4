package dev.bailey.api.internal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an absent or {@code null} JSON field reads as: an empty list, an empty map or an empty text.
 *
 * <p>The Docker Engine API makes no difference between the three spellings of "nothing"; with this
 * class no other code has to.
 */
public final class Absent {
    private Absent() {}

    /** Returns an unmodifiable copy of {@code list}, empty when it is absent. */
    public static <T> List<T> orEmpty(@Nullable List<T> list) {
        if (list == null) {
            return List.of();
        }
        for (T element : list) {
            if (element == null) {
                throw new IllegalArgumentException("a list has an element that is null; leave it out");
            }
        }
        return List.copyOf(list);
    }

    /** Returns an unmodifiable copy of {@code map} in the order of its keys, empty when absent. */
    public static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        if (map == null) {
            return Map.of();
        }
        for (Map.Entry<String, V> entry : map.entrySet()) {
            if (entry.getValue() == null) {
                throw new IllegalArgumentException("\"" + entry.getKey() + "\" is null; leave it out");
            }
        }
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** Returns {@code text}, or the empty text when it is absent. */
    public static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
