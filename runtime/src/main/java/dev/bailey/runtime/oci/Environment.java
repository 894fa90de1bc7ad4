package dev.bailey.runtime.oci;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a process, put together from several sources; the later one wins. */
public final class Environment {
    private Environment() {}

    /**
     * A container's environment: the defaults, then the image's, then the operator's.
     *
     * @param hostname the container's
     * @param tty whether the process has a terminal
     * @param image the image's {@code KEY=VALUE} entries
     * @param operator {@code KEY=VALUE} entries; a bare {@code KEY} removes it
     */
    public static List<String> ofContainer(String hostname, boolean tty, List<String> image, List<String> operator) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("PATH", Defaults.PATH);
        values.put("HOSTNAME", hostname);
        if (tty) {
            values.put("TERM", "xterm");
        }
        addAll(values, image);
        addAll(values, operator);
        return entries(values);
    }

    /**
     * The environment of an exec: the container's, then its own.
     *
     * @param container the container's entries
     * @param tty whether the process has a terminal
     * @param operator {@code KEY=VALUE} entries; a bare {@code KEY} removes it
     */
    public static List<String> ofExec(List<String> container, boolean tty, List<String> operator) {
        Map<String, String> values = new LinkedHashMap<>();
        if (tty) {
            values.put("TERM", "xterm");
        }
        addAll(values, container);
        addAll(values, operator);
        return entries(values);
    }

    private static void addAll(Map<String, String> values, List<String> entries) {
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                values.remove(entry);
            } else {
                values.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
    }

    private static List<String> entries(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
