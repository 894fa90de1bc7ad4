package dev.bailey.daemon.docker;

import dev.bailey.api.ApiJson;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Query;
import io.avaje.json.JsonException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The filters of a list: by name, the values of which one has to fit. Read from the query parameter {@code filters}, an
 * object of lists ({@code {"label":["a=b"]}}) or of sets ({@code {"label":{"a=b":true}}}).
 */
final class Filters {
    private final Map<String, List<String>> values;

    private Filters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads the filters of a request.
     *
     * @param known the names that this list understands
     * @throws HttpFailure 400 when they are malformed or one has another name
     */
    static Filters of(Query query, Set<String> known) {
        String text = query.text("filters").orElse("{}");
        Map<String, List<String>> values = new HashMap<>();
        object(text).forEach((name, value) -> {
            if (!known.contains(name)) {
                throw HttpFailure.badRequest("invalid filter '" + name + "': want one of "
                        + String.join(", ", known.stream().sorted().toList()));
            }
            values.put(name, strings(text, value));
        });
        return new Filters(values);
    }

    private static Map<?, ?> asMap(String text, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw malformed(text);
    }

    private static Map<String, Object> object(String text) {
        try {
            Object read = ApiJson.jsonb().type(Object.class).fromJson(text);
            Map<String, Object> object = new HashMap<>();
            asMap(text, read).forEach((name, value) -> object.put(String.valueOf(name), value));
            return object;
        } catch (JsonException e) {
            throw malformed(text);
        }
    }

    private static List<String> strings(String text, Object value) {
        List<String> strings = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> strings.add(String.valueOf(element)));
        } else {
            asMap(text, value).forEach((name, on) -> {
                if (Boolean.TRUE.equals(on)) {
                    strings.add(String.valueOf(name));
                }
            });
        }
        return strings;
    }

    private static HttpFailure malformed(String text) {
        return HttpFailure.badRequest(
                "query parameter filters='" + text + "' is malformed: want a JSON object like {\"name\":[\"a\"]}");
    }

    /** Whether there is a filter of this name. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The values of a filter. */
    List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether there is no filter of this name, or one of its values passes the test. */
    boolean accept(String name, Predicate<String> test) {
        return !has(name) || values(name).stream().anyMatch(test);
    }

    /** Whether every value of the filter by labels, a name or {@code name=value}, is among these. */
    boolean acceptLabels(Map<String, String> labels) {
        return values("label").stream().allMatch(wanted -> {
            int equals = wanted.indexOf('=');
            return equals < 0
                    ? labels.containsKey(wanted)
                    : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
        });
    }
}
