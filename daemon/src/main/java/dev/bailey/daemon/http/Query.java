package dev.bailey.daemon.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The parameters after the question mark of a request. */
public final class Query {
    private final Map<String, List<String>> parameters;

    Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** The first value under this name; empty when there is none or it is the empty text. */
    public Optional<String> text(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** Whether the value says yes; as in Docker, everything does but absence, {@code 0}, {@code no}, {@code false}. */
    public boolean flag(String name) {
        return text(name)
                .map(value -> value.strip().toLowerCase(java.util.Locale.ROOT))
                .filter(value ->
                        !value.equals("0") && !value.equals("no") && !value.equals("false") && !value.equals("none"))
                .isPresent();
    }

    /**
     * A whole number.
     *
     * @throws HttpFailure 400 when the value is none
     */
    public OptionalInt number(String name) {
        Optional<String> value = text(name);
        try {
            return value.isPresent() ? OptionalInt.of(Integer.parseInt(value.get())) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            throw HttpFailure.badRequest("query parameter " + name + "='" + value.get()
                    + "' is not a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        }
    }
}
