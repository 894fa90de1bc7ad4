package dev.bailey.engine.model;

import java.util.regex.Pattern;

/**
 * Ports that follow each other; often a single one.
 *
 * @param first the lowest, 1 to 65535
 * @param last the highest, not below the first, at most 65535
 */
public record PortRange(int first, int last) {
    /** The highest port there is. */
    public static final int MAX_PORT = 65535;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    /** Checks the order and the limits. */
    public PortRange {
        if (first < 1 || last > MAX_PORT || first > last) {
            throw new IllegalArgumentException(
                    first + "-" + last + " are no ports: they go from 1 to " + MAX_PORT + ", the lower one first");
        }
    }

    /** A single port. */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /**
     * Reads {@code 80} or {@code 8000-8010}.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        int first = port(text, dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : port(text, text.substring(dash + 1));
        if (first > last) {
            throw Text.bad(text, "is no range of ports: the lower one comes first, as in " + last + "-" + first);
        }
        return new PortRange(first, last);
    }

    private static int port(String text, String part) {
        boolean fits =
                NUMBER.matcher(part).matches() && Integer.parseInt(part) <= MAX_PORT && Integer.parseInt(part) > 0;
        if (!fits) {
            throw Text.bad(
                    text,
                    "is no port: write a number from 1 to " + MAX_PORT + ", or two with a dash between them, like"
                            + " 8000-8010");
        }
        return Integer.parseInt(part);
    }

    /** How many ports it has. */
    public int size() {
        return last - first + 1;
    }

    /** Whether a port is one of them. */
    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** Whether all of another's ports are among them. */
    public boolean includes(PortRange other) {
        return first <= other.first && other.last <= last;
    }

    /** Whether the two have a port in common. */
    public boolean overlaps(PortRange other) {
        return first <= other.last && other.first <= last;
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
