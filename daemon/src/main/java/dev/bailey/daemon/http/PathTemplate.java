package dev.bailey.daemon.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a path: literal segments, <code>{name}</code> for any one segment, <code>{name...}</code> for one
 * segment or more (image names have slashes), at most once.
 */
public final class PathTemplate {
    private static final String REST = "...}";

    private final String text;
    private final List<String> segments;
    private final int rest;

    private PathTemplate(String text) {
        this.text = text;
        this.segments = List.of(text.split("/", -1));
        this.rest = segments.indexOf(
                segments.stream().filter(s -> s.endsWith(REST)).findFirst().orElse(""));
    }

    /** Reads a template such as <code>/containers/{id}/json</code>. */
    public static PathTemplate of(String text) {
        if (!text.startsWith("/") || text.indexOf(REST) != text.lastIndexOf(REST)) {
            throw new IllegalArgumentException("'" + text + "' is no path template: it starts with '/' and has at most"
                    + " one part that ends in '...'");
        }
        return new PathTemplate(text);
    }

    /** Whether only one path has this form. */
    public boolean isLiteral() {
        return text.indexOf('{') < 0;
    }

    /** Returns the parameters of a path of this form; empty when the path has another form. */
    public Optional<Map<String, String>> match(String path) {
        String[] parts = path.split("/", -1);
        int extra = parts.length - segments.size();
        if (rest < 0 ? extra != 0 : extra < 0) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int at = 0, part = 0; at < segments.size(); at++) {
            int width = at == rest ? extra + 1 : 1;
            String found =
                    width == 1 ? parts[part] : String.join("/", List.of(parts).subList(part, part + width));
            if (!matches(segments.get(at), found, parameters)) {
                return Optional.empty();
            }
            part += width;
        }
        return Optional.of(parameters);
    }

    private static boolean matches(String segment, String found, Map<String, String> parameters) {
        if (!segment.startsWith("{")) {
            return segment.equals(found);
        }
        int end = segment.length() - (segment.endsWith(REST) ? REST.length() : 1);
        parameters.put(segment.substring(1, end), found);
        return !found.isEmpty();
    }

    /** The form that {@link #of} reads. */
    @Override
    public String toString() {
        return text;
    }
}
