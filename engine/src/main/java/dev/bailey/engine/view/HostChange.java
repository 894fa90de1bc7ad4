package dev.bailey.engine.view;

import java.util.Map;

/**
 * Something that the kernel reports to have changed, whoever did it.
 *
 * @param kind what it is about: {@code link}, {@code address}, {@code route} or {@code rules}; {@code kernel} for what was lost
 * @param action {@code change}, {@code remove}, {@code commit} or {@code overflow}
 * @param object the name of the link, or of the program that committed rules
 * @param attributes what else is known of it
 */
public record HostChange(String kind, String action, String object, Map<String, String> attributes) {
    /** Copies the map. */
    public HostChange {
        attributes = Map.copyOf(attributes);
    }
}
